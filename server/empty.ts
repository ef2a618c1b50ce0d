// Stands in for `server-only`, which throws wherever it isn't Next that bundles.
export {}
