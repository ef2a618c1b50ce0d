import type { Names } from '../names/references'

/** Where in a document a part stands, and what its templates may read. */
export type Place = { path: string; names: Names; stepId?: string | undefined }

/** A path below another one; the root has no name. */
export const under = (path: string, rest: string) => (path === '' ? rest : `${path}.${rest}`)
