'use client'

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Modifier,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import { useRef, useSyncExternalStore } from 'react'
import { cn } from '@/components/ui/cn'
import type { Step } from '@/lib/engine/schema'
import { useEditor } from './editor-context'
import { PathLine } from './path-item'
import { PathMembers } from './path-members'
import { PathStep } from './path-step'

const onlyDown: Modifier = ({ transform }) => ({ ...transform, x: 0 })

const reduced = '(prefers-reduced-motion: reduce)'
function onMotionChange(tell: () => void) {
  const query = window.matchMedia(reduced)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}
const useReducedMotion = () =>
  useSyncExternalStore(
    onMotionChange,
    () => window.matchMedia(reduced).matches,
    () => true,
  )

const never = () => () => undefined
const useBody = () =>
  useSyncExternalStore(
    never,
    () => window.document.body,
    () => undefined,
  )

const instructions =
  'To move this step, press space or enter, then the arrow keys. Space or enter puts it down, escape leaves it where it was.'

/** What is said to those who do not see a step move. A step that was just picked up is over its own place: no news. */
function announcementsOf(steps: readonly Step[], hasMoved: { current: boolean }): Announcements {
  const name = (id: string | number) => steps.find((step) => step.id === id)?.name ?? ''
  const place = (id: string | number | undefined) =>
    `${steps.findIndex((step) => step.id === id) + 1} of ${steps.length}`
  return {
    onDragStart: ({ active }) => {
      hasMoved.current = false
      return `${name(active.id)} picked up at position ${place(active.id)}.`
    },
    onDragOver: ({ active, over }) => {
      hasMoved.current ||= over?.id !== active.id
      return over && hasMoved.current ? `${name(active.id)} is over position ${place(over.id)}.` : undefined
    },
    onDragEnd: ({ active, over }) => `${name(active.id)} put down at position ${place(over?.id ?? active.id)}.`,
    onDragCancel: ({ active }) => `${name(active.id)} is back at position ${place(active.id)}.`,
  }
}

/** The steps, to be dragged up and down. */
export function PathSteps() {
  const { document, moveTo } = useEditor()
  const { steps } = document
  const hasMoved = useRef(false)
  const body = useBody()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const drop = ({ active, over }: DragEndEvent) => {
    const index = steps.findIndex(({ id }) => id === over?.id)
    if (index >= 0) moveTo(String(active.id), index)
  }
  return (
    <DndContext
      id="path"
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[onlyDown]}
      accessibility={{
        announcements: announcementsOf(steps, hasMoved),
        // Beside the list, not in it: a list holds nothing but its items.
        ...(body && { container: body }),
        screenReaderInstructions: { draggable: instructions },
      }}
      onDragEnd={drop}
    >
      <SortableContext items={steps.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        {steps.map((step, index) => (
          <SortableStep key={step.id} step={step} index={index} />
        ))}
      </SortableContext>
    </DndContext>
  )
}

const transition = { duration: 160, easing: 'cubic-bezier(0.2, 0, 0, 1)' }

function SortableStep({ step, index }: { step: Step; index: number }) {
  const { view } = useEditor()
  const isStill = useReducedMotion()
  const sortable = useSortable({
    id: step.id,
    disabled: !view.canEdit,
    transition: isStill ? null : transition,
    animateLayoutChanges: ({ wasDragging }) => !isStill && !wasDragging,
    attributes: { roleDescription: 'movable step' },
  })
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, isDragging } = sortable
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
      className={cn('relative', isDragging && 'z-10')}
    >
      <div className={cn('rounded-lg transition-shadow duration-120', isDragging && 'shadow-lg')}>
        <PathStep
          step={step}
          index={index}
          handle={
            view.canEdit && (
              <button
                type="button"
                data-handle
                ref={setActivatorNodeRef}
                {...attributes}
                {...listeners}
                aria-label={`Move ${step.name}`}
                className={cn(
                  'absolute inset-y-0 left-0 flex w-9 touch-none cursor-grab items-start justify-center rounded-l-lg pt-3 text-tertiary pointer-coarse:w-11 pointer-coarse:pt-3.5 [&_svg]:size-4 [&_svg]:opacity-0 hover:[&_svg]:opacity-100 focus-visible:[&_svg]:opacity-100 pointer-coarse:[&_svg]:opacity-100',
                  isDragging && 'cursor-grabbing [&_svg]:opacity-100',
                )}
              >
                <GripVertical aria-hidden />
              </button>
            )
          }
        />
      </div>
      {step.type === 'distribution' && <PathMembers step={step} path={`steps.${index}`} />}
      <PathLine />
    </li>
  )
}
