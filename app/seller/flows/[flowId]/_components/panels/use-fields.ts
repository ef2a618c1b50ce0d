'use client'

import { useEffect, useState } from 'react'
import type { FieldView } from '@/lib/fields/schema'
import { listFieldsAction } from '../../actions'

/** All fields there are, asked for when they are first wanted: hundreds, which no page should carry. */
export function useFields(isWanted: boolean): { fields: FieldView[] | undefined; problem: string | undefined } {
  const [fields, setFields] = useState<FieldView[]>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    const away = { ok: false as const, error: { message: 'The fields could not be read. Close this and try again.' } }
    listFieldsAction({})
      .catch(() => away)
      .then((result) => {
        if (!isCurrent) return
        if (result.ok) setFields(result.value)
        setProblem(result.ok ? undefined : result.error.message)
      })
    return () => {
      isCurrent = false
    }
  }, [isWanted])
  return { fields, problem }
}
