import type { Section } from './check.ts';
import type { DialectName } from './dialect.ts';
import { credentials, type Federation } from './gallery/credentials.ts';
import { galleryDiscovery } from './gallery/discovery.ts';
import { galleryGroups } from './gallery/groups.ts';
import { galleryUsers } from './gallery/users.ts';
import { microsoftGroups } from './microsoft/groups.ts';
import { microsoftPreview } from './microsoft/preview.ts';
import { microsoftUsers } from './microsoft/users.ts';
import { rfcSections } from './rfc/sections.ts';

/** Sections under one heading of the report. */
export interface Suite {
  name: string;
  sections: Section[];
}

/** Which spellings of PATCH are tried, and what is known for the sign-in by federation. */
export interface SuiteOptions {
  dialects: readonly DialectName[];
  federation?: Federation;
}

/** Every suite, in the order of the report. */
export function suites({ dialects, federation }: SuiteOptions): Suite[] {
  return [
    ...dialects.map((dialect) => ({
      name: `Microsoft validator, ${dialect} PATCH`,
      sections: [microsoftUsers(dialect), microsoftGroups(dialect), microsoftPreview(dialect)],
    })),
    ...dialects.map((dialect) => ({
      name: `Microsoft gallery, ${dialect} PATCH`,
      sections: [galleryUsers(dialect), galleryGroups(dialect), galleryDiscovery(), credentials(federation)],
    })),
    { name: 'RFC 7643, 7644 and 9865', sections: rfcSections },
  ];
}
