/** The database that `createDatabase` copies unless told otherwise. */
export const templateName = 'rollcall_template';

/** Fills the template, once per test run; whatever it leaves there, every test database starts with. */
export async function prepareTemplate(_url: string): Promise<void> {}
