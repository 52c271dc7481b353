import { userFieldKeys, userFields } from './user.fields.ts';

/** The table of fields for people, as Markdown. */
export function fieldsDocument(): string {
  const rows = userFieldKeys.map((key) => {
    const { type, multiValued, scim, about } = userFields[key];
    return `| \`${key}\` | ${multiValued ? `list of ${type}` : type} | \`${scim}\` | ${about} |`;
  });
  return `# Fields of a person

Written by \`npm run schema\` from \`src/fields/user.fields.ts\`; do not edit.
A directory writes a field by its SCIM path; a list holds the elements of its attribute that no other field names.

| key | type | SCIM path | what it is |
|---|---|---|---|
${rows.join('\n')}
`;
}
