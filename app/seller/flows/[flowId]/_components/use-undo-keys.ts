'use client'

import { useEffect } from 'react'

type Way = 'undo' | 'redo'

function wayOf(event: KeyboardEvent): Way | undefined {
  if (!(event.metaKey || event.ctrlKey) || event.altKey) return undefined
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.metaKey ? 'redo' : undefined
}

/** A field that is not of the draft (a search, a dialog, a lead to try with) undoes its own typing. */
const undoesItself = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input, textarea, [contenteditable="true"]') &&
  (target.closest('[data-draft]') === null || target.closest('[data-scratch]') !== null)

/** ⌘Z and ⇧⌘Z over the whole draft. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const way = wayOf(event)
      if (!way || event.defaultPrevented || undoesItself(event.target)) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return
      event.preventDefault()
      if (way === 'undo') undo()
      else redo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, redo])
}
