/** Which rooms a room may import, and the libraries that are its own (docs/architecture.md). */
const rooms = {
  fields: { imports: [], libraries: [] },
  domain: { imports: ['fields'], libraries: ['uuid', 'libphonenumber-js'] },
  storage: { imports: ['domain', 'fields'], libraries: ['@mikro-orm/.+', 'pg'] },
  http: { imports: ['domain'], libraries: ['koa', 'jose', 'prom-client'] },
  scim: { imports: ['domain', 'fields', 'http'], libraries: ['koa', '@koa/router'] },
  graphql: {
    imports: ['domain', 'fields', 'http'],
    libraries: [
      'koa',
      'graphql',
      'graphql-jit',
      'graphql-ws',
      'ws',
      'type-graphql',
      '@apollo/.+',
      'dataloader',
      'reflect-metadata',
    ],
  },
  mail: { imports: ['domain'], libraries: ['nodemailer'] },
  pages: { imports: ['domain', 'http'], libraries: ['koa'] },
  work: { imports: ['domain'], libraries: [] },
  // The simulator is Entra's side: it knows nothing of the hub.
  entra: { imports: [], libraries: [] },
  // The conformance run is any client's side: it knows nothing of the hub either.
  conformance: { imports: [], libraries: [] },
};

const noOtherRoom = ([room, { imports }]) => ({
  name: `${room}-imports-only-${imports.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...imports].join('|')})/` },
});

const noOtherLibrary = ([room, { libraries }]) => ({
  name: `${room}-keeps-to-its-libraries`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
    pathNot: libraries.map((name) => `node_modules/${name}(/|$)|node_modules/@types/${name}/`),
  },
});

export default {
  forbidden: [
    ...Object.entries(rooms).map(noOtherRoom),
    ...Object.entries(rooms).map(noOtherLibrary),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-tests-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Reads types-only imports as well; the TypeScript 7 compiler has no API for it.
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
