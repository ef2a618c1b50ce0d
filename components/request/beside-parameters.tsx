'use client'

import { MappingEditor } from '../flow/mapping-editor'
import type { RequestPartProps } from './request-part'

/** Form parameters that stand beside the one with the body, where the body stands in one. */
export function BesideParameters({ request, onChange, variables, path, problems }: RequestPartProps) {
  if (request.parameter === undefined) return null
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">Parameters beside “{request.parameter}”</legend>
      <MappingEditor
        mappings={request.parameters ?? {}}
        variables={variables}
        path={`${path}.parameters`}
        problems={problems}
        place={{ title: 'Parameter', example: 'key' }}
        addWords="Add a parameter"
        onChange={(parameters) =>
          onChange({ parameters: Object.keys(parameters).length === 0 ? undefined : parameters })
        }
      />
    </fieldset>
  )
}
