'use client'

import { FileSearch } from 'lucide-react'
import { useState, useTransition } from 'react'
import type { WsdlInput } from '@/lib/delivery/schema'
import type { Mappings, Request } from '@/lib/engine/schema'
import type { Wsdl, WsdlOperation } from '@/lib/engine/types'
import type { Result } from '@/lib/result'
import { Button } from '../ui/button'
import { Dialog, DialogContent, DialogTrigger } from '../ui/dialog'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import { Textarea } from '../ui/textarea'

export type FindOperations = (input: WsdlInput) => Promise<Result<Wsdl>>

/** What choosing an operation says of a request; `url` is where the service listens. */
export type ChosenOperation = { request: Partial<Request>; url?: string }

type WsdlFinderProps = {
  request: Request
  findOperations: FindOperations
  onChoose: (chosen: ChosenOperation) => void
}

/** Arguments that nothing is mapped to yet go in empty; what is mapped stays. */
function withArguments(mappings: Mappings, { arguments: all }: WsdlOperation): Mappings {
  const mapped = Object.keys(mappings)
  const isMapped = (path: string) => mapped.some((key) => key === path || key.startsWith(`${path}.`))
  const fresh = all.filter(({ path }) => !isMapped(path)).map(({ path, values = [] }) => [path, values[0] ?? ''])
  return { ...mappings, ...Object.fromEntries(fresh) }
}

function chosenBy(operation: WsdlOperation, request: Request, wsdlUrl: string): ChosenOperation {
  const { version, element, namespace, action, qualified, url } = operation
  const texts = operation.arguments.filter(({ type }) => type === 'string').map(({ path }) => path)
  const kept = { ...request.soap }
  delete kept.prefix
  return {
    request: {
      format: version,
      body: undefined,
      mappings: withArguments(request.mappings, operation),
      soap: {
        ...kept,
        operation: element,
        namespace,
        action,
        text_arguments: texts,
        ...(!qualified && { prefix: 'tns' }),
        ...(wsdlUrl !== '' && { wsdl_url: wsdlUrl }),
      },
    },
    ...(url !== undefined && { url }),
  }
}

/** Reads a WSDL by its address or as it is pasted, and offers its operations. */
export function WsdlFinder({ request, findOperations, onChoose }: WsdlFinderProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button className="self-start">
          <FileSearch className="size-4" />
          Read a WSDL
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Read a WSDL"
        description="It tells what the service does and what it has to be told. Its arguments become mappings."
        size="lg"
      >
        <WsdlForm
          request={request}
          findOperations={findOperations}
          onChoose={(chosen) => {
            onChoose(chosen)
            setOpen(false)
          }}
        />
      </DialogContent>
    </Dialog>
  )
}

function WsdlForm({ request, findOperations, onChoose }: WsdlFinderProps) {
  const [url, setUrl] = useState(request.soap?.wsdl_url ?? '')
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly WsdlOperation[]>()
  const [refusal, setRefusal] = useState<string>()
  const [isPending, start] = useTransition()
  const read = () =>
    start(async () => {
      const given = text.trim() === '' ? { url: url.trim() } : { text }
      const result = await findOperations(given).catch(() => undefined)
      setFound(result?.ok ? result.value.operations : undefined)
      setRefusal(result?.ok ? undefined : (result?.error.message ?? 'Baton could not be reached. Try again.'))
    })
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="wsdl-url">Address</Label>
        <Input
          id="wsdl-url"
          mono
          inputMode="url"
          placeholder="https://crm.example.com/leads.asmx?wsdl"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="wsdl-text">or the WSDL itself</Label>
        <Textarea
          id="wsdl-text"
          mono
          rows={4}
          placeholder="<definitions …"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button
        variant={found ? 'secondary' : 'primary'}
        className="self-start"
        pending={isPending}
        disabled={url.trim() === '' && text.trim() === ''}
        onClick={read}
      >
        Show operations
      </Button>
      {refusal && (
        <p role="alert" className="text-pretty text-red text-sm">
          {refusal}
        </p>
      )}
      {found && (
        <ul aria-label="Operations" className="flex flex-col divide-y rounded-lg border">
          {found.map((operation) => (
            <li
              key={`${operation.version} ${operation.name} ${operation.url}`}
              className="flex items-center gap-3 p-2.5"
            >
              <OperationWords operation={operation} />
              <Button
                size="sm"
                aria-label={`Use ${operation.name} by ${versionWords[operation.version]}`}
                onClick={() => onChoose(chosenBy(operation, request, text.trim() === '' ? url.trim() : ''))}
              >
                Use
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const versionWords = { soap11: 'SOAP 1.1', soap12: 'SOAP 1.2' }

function OperationWords({ operation: { name, version, arguments: all } }: { operation: WsdlOperation }) {
  const required = all.filter((argument) => argument.required).length
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <span className="truncate font-medium">{name}</span>
      <span className="truncate text-tertiary text-xs">
        {versionWords[version]} · {all.length === 1 ? '1 argument' : `${all.length} arguments`}
        {required > 0 && `, ${required} required`}
      </span>
    </div>
  )
}
