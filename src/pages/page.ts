import { createHash } from 'node:crypto';
import type Koa from 'koa';
import type { Language } from '../domain/mail/language.ts';
import { html, Markup } from '../domain/mail/markup.ts';

/** A page for people: a heading, sentences, and perhaps one button that posts to where the page is. */
export type Page = { title: string; sentences: readonly string[]; button?: string };

const STYLE = `
:root { color-scheme: light dark; --ground: #f5f6f8; --card: #ffffff; --ink: #1b1f27; --edge: #d9dde5; --act: #1f5fbf; --on-act: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171d; --card: #1e232c; --ink: #eef1f6; --edge: #363d4a; --act: #8ab8ff; --on-act: #0c1526; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100svh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2.25rem; background: var(--card); border: 1px solid var(--edge); border-radius: 1rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
main > :last-child { margin-bottom: 0; }
form { margin-top: 1.75rem; }
button { width: 100%; min-height: 3rem; padding: 0.75rem 1.25rem; border: 1px solid transparent; border-radius: 0.625rem; background: var(--act); color: var(--on-act); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button:focus-visible { outline: 3px solid var(--act); outline-offset: 3px; }
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Answers with a page that runs nothing, loads nothing, is framed and kept by nobody, and tells no other site its address. */
export function show(context: Koa.Context, status: number, language: Language, page: Page): void {
  context.status = status;
  context.set('Content-Security-Policy', POLICY);
  context.set('Referrer-Policy', 'no-referrer');
  context.set('X-Robots-Tag', 'noindex');
  context.set('Content-Language', language);
  context.type = 'text/html; charset=utf-8';
  context.body = markupOf(language, page).html;
}

const markupOf = (language: Language, { title, sentences, button }: Page): Markup => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${STYLE_ELEMENT}
</head>
<body>
<main>
<h1>${title}</h1>
${sentences.reduce((all, sentence) => html`${all}<p>${sentence}</p>\n`, html``)}${button ? form(button) : ''}</main>
</body>
</html>
`;

const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

const form = (label: string): Markup => html`<form method="post"><button type="submit">${label}</button></form>\n`;
