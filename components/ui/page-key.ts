/** True when a key belongs to what the person is typing, or to a dialog or menu, and not to the page. */
function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true
  return target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]') !== null
}

/** The letter of a shortcut of the page; nothing while the person types or holds a modifier. */
export function pageKey(event: KeyboardEvent): string | undefined {
  return event.metaKey || event.ctrlKey || event.altKey || isTyping(event) ? undefined : event.key
}
