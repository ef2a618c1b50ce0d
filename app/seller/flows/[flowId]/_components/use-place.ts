'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { addressOf, type Place, placeOf, type StepTab, tabsOfStep } from './places'

/** What is selected, kept in the address without asking the server; back goes to what was selected before. */
export function usePlace() {
  const path = usePathname()
  const query = useSearchParams()
  const wanted = query.get('tab')
  const go = useCallback(
    (place: Place, tab?: StepTab, replace = false) => {
      const at = addressOf(place)
      const search = new URLSearchParams({ ...(at && { at }), ...(tab && tab !== 'connection' && { tab }) }).toString()
      const address = search ? `${path}?${search}` : path
      if (replace) window.history.replaceState(null, '', address)
      else window.history.pushState(null, '', address)
    },
    [path],
  )
  return { place: placeOf(query.get('at')), tab: tabsOfStep.find((tab) => tab === wanted) ?? 'connection', go }
}
