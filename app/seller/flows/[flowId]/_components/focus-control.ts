const controls = 'input, textarea, select, button, [role="combobox"], [tabindex="0"]'
const wantedMs = 1_500

/** Where a note about a path is shown; what holds the path when nothing is. */
function noteOf(path: string): Element | undefined {
  const notes = [...document.querySelectorAll<HTMLElement>('[data-problem]')].filter(
    (note) => note.offsetParent !== null,
  )
  return notes.find((note) => note.dataset['problem'] === path)
}

/** The control that a note is about: the one it describes, else one beside it that is marked as wrong. */
function controlOf(note: Element): HTMLElement | undefined {
  const list = note.closest('ul[id]')
  const described = list && document.querySelector<HTMLElement>(`[aria-describedby~="${CSS.escape(list.id)}"]`)
  if (described) return described
  const group = note.closest('fieldset, [role="group"], section') ?? note.parentElement
  return (
    group?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    group?.querySelector<HTMLElement>(controls) ??
    undefined
  )
}

const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

function show(element: HTMLElement): void {
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'center', behavior: isStill() ? 'auto' : 'smooth' })
}

/** Looks for something until it is there: a panel is drawn after it was selected. */
function when<Found>(find: () => Found | undefined, then: (found: Found) => void, otherwise: () => void): void {
  const startedAt = performance.now()
  const look = () => {
    const found = find()
    if (found) return then(found)
    if (performance.now() - startedAt > wantedMs) return otherwise()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const heading = () => document.querySelector<HTMLElement>('[data-panel] h2')

/** Puts the cursor into the field that a problem is about, as soon as it is drawn. */
export function focusProblem(path: string): void {
  when(
    () => {
      const note = noteOf(path)
      return note && controlOf(note)
    },
    show,
    () => heading()?.focus(),
  )
}

const labelOf = (element: Element): string | undefined => {
  const label = element.getAttribute('aria-label') ?? (element as Partial<HTMLInputElement>).labels?.[0]?.textContent
  return label?.trim() || undefined
}

/** Remembers which control has the cursor; calling the answer puts it there again once the panel was drawn anew. */
export function keepFocus(): () => void {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || !active.closest('[data-panel]')) return () => undefined
  const [label, { tagName }] = [labelOf(active), active]
  const caret = active instanceof HTMLInputElement && active.type === 'text' ? active.selectionStart : null
  return () =>
    when(
      () => {
        const panel = document.querySelector('[data-panel]')
        if (!panel || active.isConnected) return undefined
        return [...panel.querySelectorAll<HTMLElement>(tagName)].find((element) => labelOf(element) === label)
      },
      (element) => {
        element.focus({ preventScroll: true })
        if (caret !== null && element instanceof HTMLInputElement) element.setSelectionRange(caret, caret)
      },
      () => undefined,
    )
}
