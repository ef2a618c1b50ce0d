'use client'

import type { Endpoint } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { HeaderRows } from '../flow/header-rows'
import { AuthEditor } from './auth-editor'
import { CertificateEditor } from './certificate-editor'
import type { SignInTools } from './sign-in-tools'
import { SigningEditor } from './signing-editor'

type SignInEditorProps = {
  endpoint: Endpoint
  onChange: (part: Partial<Endpoint>) => void
  tools: SignInTools
  /** Their paths begin at the endpoint. */
  problems: readonly Problem[]
  /** Changes when the headers were changed from elsewhere. */
  revision?: number
}

/** All by which a receiver knows who calls: authentication, headers, signature, certificate. One for both portals. */
export function SignInEditor({ endpoint, onChange, tools, problems, revision }: SignInEditorProps) {
  const common = { tools, problems }
  return (
    <div className="flex flex-col gap-5">
      <AuthEditor auth={endpoint.auth} method={endpoint.method} onChange={(auth) => onChange({ auth })} {...common} />
      <HeaderRows key={revision} headers={endpoint.headers} onChange={(headers) => onChange({ headers })} />
      <SigningEditor signing={endpoint.signing} onChange={(signing) => onChange({ signing })} {...common} />
      <CertificateEditor
        certificate={endpoint.client_certificate}
        onChange={(client_certificate) => onChange({ client_certificate })}
        {...common}
      />
    </div>
  )
}

/** Problems of an endpoint with paths that begin at it. */
export const problemsWithin = (problems: readonly Problem[], path: string): Problem[] =>
  problems.flatMap((problem) =>
    problem.path.startsWith(`${path}.`) ? [{ ...problem, path: problem.path.slice(path.length + 1) }] : [],
  )
