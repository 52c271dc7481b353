import type { Language } from '../domain/mail/language.ts';
import { html, type Markup } from '../domain/mail/markup.ts';

/** A mail's words: paragraphs before and after one button. */
export type Letter = { before: readonly string[]; button: { label: string; url: string }; after: readonly string[] };

/** The letter for programs that show text alone. */
export const textOf = ({ before, button, after }: Letter): string =>
  `${[...before, `${button.label}:\n${button.url}`, ...after].join('\n\n')}\n`;

const FONT = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";

/** The letter as HTML; programs choose its light or dark form themselves. */
export function htmlOf(language: Language, { before, button, after }: Letter): string {
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
</head>
<body style="margin:0;padding:24px;${FONT}">
<div style="max-width:34em;margin:0 auto;overflow-wrap:anywhere;word-break:break-word">
${paragraphs(before)}
<p style="margin:28px 0"><a href="${button.url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5fbf;color:#ffffff;text-decoration:none;font-weight:600">${button.label}</a></p>
${paragraphs(after)}
<p style="font-size:13px;word-break:break-all">${button.url}</p>
</div>
</body>
</html>
`;
  return page.html;
}

const paragraphs = (texts: readonly string[]): Markup =>
  texts.reduce((all, text) => html`${all}<p style="margin:0 0 16px;white-space:pre-line">${text}</p>\n`, html``);
