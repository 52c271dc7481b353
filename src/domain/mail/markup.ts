/** HTML that is finished: what was put into it is escaped. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** HTML by template: every text put into it is escaped, for elements and quoted attributes alike. */
export const html = (parts: TemplateStringsArray, ...given: (string | Markup)[]): Markup =>
  new Markup(parts.reduce((text, part, index) => text + escaped(given[index - 1]!) + part));

const escaped = (given: string | Markup): string =>
  given instanceof Markup ? given.html : given.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/** A name for a line of its own: no line breaks, nothing that hides or turns what stands beside it, of bounded length. */
export const plainName = (name: string): string =>
  [
    ...name
      .toWellFormed()
      .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim(),
  ]
    .slice(0, 100)
    .join('');
