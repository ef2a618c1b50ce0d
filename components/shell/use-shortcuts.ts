'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { pageKey } from '../ui/page-key'
import type { Panel } from './shell-context'
import type { NavItem } from './types'

const sequenceMs = 1200

const isPaletteKey = (event: KeyboardEvent) => (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k'

/** ⌘K, `?`, `/` and `g` followed by a letter, anywhere in the portal. */
export function useShortcuts(nav: readonly NavItem[], open: (panel: Panel) => void): void {
  const router = useRouter()
  const goUntil = useRef(0)
  useEffect(() => {
    function goTo(key: string): boolean {
      const place = Date.now() < goUntil.current ? nav.find((item) => item.key === key) : undefined
      goUntil.current = key === 'g' ? Date.now() + sequenceMs : 0
      if (place) router.push(place.href)
      return place !== undefined
    }
    function act(key: string | undefined): boolean {
      const box = document.querySelector<HTMLInputElement>('[data-search]')
      if (key === '?') open('shortcuts')
      else if (key === '/' && box) box.focus()
      else if (key === '/') open('palette')
      else return key !== undefined && goTo(key)
      return true
    }
    function onKey(event: KeyboardEvent) {
      const isPalette = isPaletteKey(event)
      if (isPalette) open('palette')
      if (!isPalette && !act(pageKey(event))) return
      event.preventDefault()
      // A letter after `g` is not also a key of the list.
      event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [nav, open, router])
}
