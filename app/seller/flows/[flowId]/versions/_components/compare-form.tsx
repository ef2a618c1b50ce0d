'use client'

import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useTransition } from 'react'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { Spinner } from '@/components/ui/spinner'

type CompareFormProps = { flowId: string; versions: readonly number[]; from: string; to: string }

/** Chooses two versions to compare; they stand in the address. */
export function CompareForm({ flowId, versions, from, to }: CompareFormProps) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const choose = (next: { from: string; to: string }) =>
    start(() => router.replace(`/seller/flows/${flowId}/versions?${new URLSearchParams(next)}`, { scroll: false }))
  return (
    <div className="flex flex-wrap items-end gap-x-2 gap-y-3">
      <VersionChoice
        label="Compare"
        value={from}
        versions={versions}
        onChoose={(version) => choose({ from: version, to })}
      />
      <ArrowRight aria-hidden className="mb-2 size-4 text-tertiary" />
      <VersionChoice
        label="With"
        value={to}
        versions={versions}
        onChoose={(version) => choose({ from, to: version })}
      />
      {isPending && <Spinner label="Comparing" className="mb-2 size-4 text-tertiary" />}
    </div>
  )
}

type VersionChoiceProps = {
  label: string
  value: string
  versions: readonly number[]
  onChoose: (version: string) => void
}

function VersionChoice({ label, value, versions, onChoose }: VersionChoiceProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <NativeSelect id={id} value={value} onChange={(event) => onChoose(event.target.value)} className="min-w-36">
        <option value="draft">Draft</option>
        {versions.map((version) => (
          <option key={version} value={version}>
            Version {version}
          </option>
        ))}
      </NativeSelect>
    </div>
  )
}
