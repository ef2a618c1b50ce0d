'use client'

import type { ReactNode } from 'react'
import { signInTools } from '@/app/_endpoint/tools'
import type { SecretSummaries } from '@/components/endpoint/sign-in-tools'
import { bodyFor } from '@/components/request/body-or-mappings'
import { FormatFields } from '@/components/request/format-fields'
import { formatWords } from '@/components/request/format-words'
import type { RequestPartProps } from '@/components/request/request-part'
import { SoapFields } from '@/components/request/soap-fields'
import { Card } from '@/components/ui/card'
import type { RequestMethod } from '@/lib/engine/schema'
import { findOperationsAction } from '../actions'

type FormatCardProps = RequestPartProps & {
  description?: string
  method: RequestMethod
  /** Where the method stands in the configuration. */
  methodPath?: string
  onMethod: (method: RequestMethod) => void
  secrets: SecretSummaries
  /** Mappings were put in by a WSDL. */
  onFilled: () => void
  /** What else there is to say of it. */
  children?: ReactNode
}

/** How the buyer's system takes a lead. */
export function FormatCard({
  description = 'How your system takes a lead. The method goes with it.',
  method,
  methodPath = 'endpoint.method',
  onMethod,
  secrets,
  onFilled,
  children,
  ...part
}: FormatCardProps) {
  const { request, onChange } = part
  return (
    <Card title="Format" description={description}>
      <div className="flex flex-col gap-5">
        <FormatFields
          {...part}
          method={method}
          methodPath={methodPath}
          isMethodFixed
          onFormat={(format) => {
            onChange({ format, ...bodyFor(request, format) })
            onMethod(formatWords[format].methods[0] ?? 'POST')
          }}
        />
        <SoapFields
          {...part}
          findOperations={findOperationsAction}
          secretTools={{ ...signInTools, secrets }}
          onChoose={({ request: chosen }) => {
            onChange(chosen)
            onFilled()
          }}
        />
        {children}
      </div>
    </Card>
  )
}
