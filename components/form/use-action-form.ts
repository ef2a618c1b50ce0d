'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { unstable_rethrow } from 'next/navigation'
import { useState, useTransition } from 'react'
import { type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { type Refusal, unavailable } from '@/lib/errors'
import type { Result } from '@/lib/result'

/** What a server action answers: the verb's own Result. */
export type ActionResult<Value> = Result<Value, Refusal>

/** A form wired to its action: give it to `Form`. */
export type ActionForm<Values extends FieldValues> = {
  fields: UseFormReturn<Values>
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>
  isPending: boolean
  refusal: Refusal | undefined
}

type Options<Value> = {
  /** After the action said yes. It may navigate. */
  onSuccess?: (value: Value) => unknown
}

/** Puts each issue on the field of its path, and answers the refusal with those that have no field here. */
function placeIssues<Values extends FieldValues>(fields: UseFormReturn<Values>, refusal: Refusal): Refusal {
  const onPage = fields.control._names.mount
  const placed = (refusal.issues ?? []).filter(({ path }) => onPage.has(path))
  placed.forEach(({ path, message }, index) => {
    fields.setError(path as FieldPath<Values>, { type: 'server', message }, { shouldFocus: index === 0 })
  })
  return { ...refusal, issues: (refusal.issues ?? []).filter(({ path }) => !onPage.has(path)) }
}

/**
 * A form whose values are checked by `schema` in the browser, then given to a server action as they were typed
 * (the verb parses them again with the same schema). A refusal puts its issues on their fields, its message above
 * the form, and the cursor in the first wrong field.
 */
export function useActionForm<Output, Values extends FieldValues, Value>(
  schema: z.ZodType<Output, Values>,
  action: (values: Values) => Promise<ActionResult<Value>>,
  defaults: DefaultValues<Values>,
  { onSuccess }: Options<Value> = {},
): ActionForm<Values> {
  const [isPending, start] = useTransition()
  const [refusal, setRefusal] = useState<Refusal>()
  const fields = useForm<Values, unknown, Values>({
    resolver: zodResolver(schema, undefined, { raw: true }),
    defaultValues: defaults,
    // Not on blur: the note it puts below the field would move the button away from under the click.
    mode: 'onSubmit',
  })

  async function run(values: Values) {
    setRefusal(undefined)
    try {
      const result = await action(values)
      if (result.ok) await onSuccess?.(result.value)
      else setRefusal(placeIssues(fields, result.error))
    } catch (error) {
      unstable_rethrow(error)
      setRefusal(unavailable('Baton could not be reached. Check your connection, then try again.'))
    }
  }

  const submit = fields.handleSubmit((values) => start(() => run(values)))
  return { fields, submit, isPending, refusal }
}
