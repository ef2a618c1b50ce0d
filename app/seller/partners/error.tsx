'use client'

import { ErrorState } from '@/components/shell/error-state'

export default function PartnersError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState reset={reset} digest={error.digest} />
}
