// Who may import what. `npm run boundaries` runs it; the reasons are in docs/decisions.
const no = (name, from, to) => ({ name, severity: 'error', from, to })

const pureLibraries =
  'zod|@marcbachmann/cel-js|liquidjs|re2js|libphonenumber-js|fast-xml-parser|csv-stringify|htmlparser2|css-what'
const primitives = '(ui|form|table|chart)/'

module.exports = {
  forbidden: [
    no('no-cycles', {}, { circular: true }),
    no('everything-resolves', {}, { couldNotResolve: true }),
    no(
      'engine-is-pure',
      { path: '^lib/engine/', pathNot: '\\.test\\.ts$' },
      {
        pathNot: [
          '^lib/engine/',
          '^lib/(result|errors|money|time)\\.ts$',
          `^node_modules/(${pureLibraries})/`,
          '^crypto$',
        ],
      },
    ),
    no(
      'engine-hashes-in-one-place',
      { path: '^lib/engine/', pathNot: '^lib/engine/templates/filters\\.ts$|\\.test\\.ts$' },
      { path: '^crypto$' },
    ),
    no(
      'only-lib-touches-db',
      { pathNot: '^(db|lib|e2e|server|bench)/|\\.config\\.ts$' },
      { path: '^db/|^node_modules/(drizzle-orm|postgres)/' },
    ),
    no(
      'db-knows-only-engine-types',
      { path: '^db/(schema/|[^/]+$)', pathNot: '\\.test\\.ts$' },
      { path: '^(lib|app|components)/', pathNot: '^lib/(engine/index|env|ids|result|runtime)\\.ts$' },
    ),
    no(
      'a-domain-is-its-index',
      { path: '^(?:lib/([^/]+)/|[^l])' },
      { path: '^lib/[^/]+/', pathNot: ['^lib/$1/', '^lib/[^/]+/(index|schema)\\.ts$', '^lib/engine/types\\.ts$'] },
    ),
    no(
      'views-do-not-fetch',
      { path: '^components/|/_components/', pathNot: '\\.test\\.tsx?$' },
      { path: '^lib/[^/]+/index\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    no(
      'domains-know-no-framework',
      { path: '^(lib/(?!(auth|notify)/)|db/)' },
      { path: '^node_modules/(next|react|react-dom|next-auth)/' },
    ),
    no('values-know-no-domain', { path: '^lib/[^/]+\\.ts$', pathNot: '\\.test\\.ts$' }, { path: '^lib/[^/]+/|^db/' }),
    no('lib-knows-no-view', { path: '^(lib|db)/' }, { path: '^(app|components)/' }),
    no('nobody-imports-e2e', { pathNot: '^e2e/' }, { path: '^e2e/' }),
    no('nobody-imports-the-server', { pathNot: '^(server|bench|e2e)/' }, { path: '^(server|bench)/' }),
    no('components-know-no-route', { path: '^components/' }, { path: '^app/' }),
    no(
      'primitives-know-no-domain',
      { path: `^components/${primitives}` },
      { path: `^lib/[^/]+/|^components/(?!${primitives})` },
    ),
    no(
      'portals-do-not-meet',
      { path: '^app/(seller|buyer|admin)/' },
      { path: '^app/(seller|buyer|admin)/', pathNot: '^app/$1/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
