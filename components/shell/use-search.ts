'use client'

import { useEffect, useState } from 'react'
import type { SearchHit } from './types'

const pauseMs = 180

/** What `search` finds for the query, asked when the typing pauses; a late answer to an old query is dropped. */
export function useSearch(query: string, search: ((query: string) => Promise<SearchHit[]>) | undefined) {
  const [found, setFound] = useState<{ query: string; hits: SearchHit[] }>({ query: '', hits: [] })
  const wanted = search ? query.trim() : ''
  useEffect(() => {
    if (!search || !wanted) return
    let isCurrent = true
    const keep = (hits: SearchHit[]) => isCurrent && setFound({ query: wanted, hits })
    const timer = setTimeout(() => search(wanted).then(keep, () => keep([])), pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [wanted, search])
  return { hits: wanted ? found.hits : [], isSearching: wanted !== '' && found.query !== wanted }
}
