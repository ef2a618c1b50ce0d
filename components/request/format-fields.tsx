'use client'

import type { Request, RequestFormat, RequestMethod } from '@/lib/engine/schema'
import { DraftFrame, DraftText } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { Toggle } from '../form/toggle'
import { NativeSelect } from '../ui/native-select'
import { formatWords, isSoapFormat } from './format-words'
import type { RequestPartProps } from './request-part'

type FormatFieldsProps = Pick<RequestPartProps, 'request' | 'onChange' | 'path' | 'problems'> & {
  method: RequestMethod
  /** The method goes with the format, so that both change at once. */
  onFormat: (format: RequestFormat, method: RequestMethod) => void
  /** Where the method stands, for its problems. */
  methodPath: string
  /** The method is what the format goes by, and can't be chosen. */
  isMethodFixed?: boolean
}

const listWords = { repeat: 'a=1&a=2', brackets: 'a[]=1&a[]=2', indexes: 'a[0]=1&a[1]=2', commas: 'a=1,2' } as const
type Lists = keyof typeof listWords

/** How a request is written: its format and method, and what each format leaves open. */
export function FormatFields(props: FormatFieldsProps) {
  const { request, onChange, path, problems, method, onFormat, methodPath, isMethodFixed } = props
  const { format } = request
  const { methods } = formatWords[format]
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <DraftFrame label="Format" hint={formatWords[format].hint} problems={problemsAt(problems, `${path}.format`)}>
          {(control) => (
            <NativeSelect
              {...control}
              value={format}
              onChange={(event) => {
                const next = event.target.value as RequestFormat
                const [usual = 'POST'] = formatWords[next].methods
                onFormat(next, formatWords[next].methods.includes(method) ? method : usual)
              }}
            >
              {Object.entries(formatWords).map(([value, { label }]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          )}
        </DraftFrame>
        <DraftFrame label="Method" problems={problemsAt(problems, methodPath)}>
          {(control) => (
            <NativeSelect
              {...control}
              value={methods.includes(method) ? method : methods[0]}
              disabled={isMethodFixed || methods.length === 1}
              onChange={(event) => onFormat(format, event.target.value as RequestMethod)}
            >
              {methods.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </NativeSelect>
          )}
        </DraftFrame>
      </div>
      {format === 'xml' && request.body === undefined && (
        <DraftText
          label="Root element"
          mono
          optional
          placeholder='lead xmlns="urn:leads"'
          hint="Its name, and attributes where it has some. Without one, the first part of all names is the root."
          value={request.root ?? ''}
          problems={problemsAt(problems, `${path}.root`)}
          onChange={(root) => onChange({ root: root.trim() === '' ? undefined : root })}
        />
      )}
      <WrappedFields {...{ request, onChange, path, problems }} />
      <ListFields request={request} onChange={onChange} />
      <div className="flex flex-col gap-3">
        {request.body === undefined && (
          <Toggle
            label="Leave out empty values"
            hint="Off: a value that a lead lacks is sent as an empty text."
            checked={request.omit_when_empty !== false}
            onChange={(omits) => onChange({ omit_when_empty: omits ? undefined : false })}
          />
        )}
        <Toggle
          label="Plain letters only"
          hint="É is sent as E, ß as ss, curly quotes as straight ones: for systems that know ASCII alone."
          checked={request.ascii === true}
          onChange={(ascii) => onChange({ ascii: ascii || undefined })}
        />
      </div>
    </div>
  )
}

/** The form parameter that a body goes into. */
function WrappedFields({ request, onChange, path, problems }: Omit<RequestPartProps, 'variables'>) {
  const { format } = request
  if (format === 'form' || format === 'query' || isSoapFormat(format)) return null
  return (
    <DraftText
      label="Form parameter"
      mono
      optional
      placeholder="payload"
      hint={`With a name the ${formatWords[format].label} is sent as text in this parameter of a form.`}
      value={request.parameter ?? ''}
      problems={problemsAt(problems, `${path}.parameter`)}
      onChange={(parameter) => onChange({ parameter: parameter.trim() === '' ? undefined : parameter.trim() })}
    />
  )
}

function ListFields({ request, onChange }: Pick<RequestPartProps, 'request' | 'onChange'>) {
  const isForm = request.format === 'form' || request.format === 'query' || request.parameter !== undefined
  if (!isForm || (request.body !== undefined && request.parameter === undefined)) return null
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <DraftFrame label="Several values">
        {(control) => (
          <NativeSelect
            {...control}
            value={request.lists ?? 'repeat'}
            onChange={(event) => onChange({ lists: event.target.value as Request['lists'] })}
          >
            {(Object.keys(listWords) as Lists[]).map((value) => (
              <option key={value} value={value}>
                {listWords[value]}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      <div className="sm:pt-6">
        <Toggle
          label="Encode names"
          hint="Off: brackets in names are sent as they are."
          checked={request.encode_names !== false}
          onChange={(encodes) => onChange({ encode_names: encodes ? undefined : false })}
        />
      </div>
    </div>
  )
}
