'use client'

import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'

type SortableRowsProps = {
  rows: readonly { key: number }[]
  /** Puts the row of one key where that of the other stands. */
  onMove: (key: number, to: number) => void
  children: ReactNode
}

/** Rows that are put in order by dragging, or by keyboard: space takes one up, arrows move it, space puts it down. */
export function SortableRows({ rows, onMove, children }: SortableRowsProps) {
  const id = useId()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={({ active, over }) => {
        if (over && active.id !== over.id) onMove(Number(active.id), Number(over.id))
      }}
    >
      <SortableContext items={rows.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  )
}

type SortableRowProps = {
  id: number
  label: string
  /** What the handle says. */
  moveLabel: string
  children: (handle: ReactNode) => ReactNode
}

/** One row, which puts the handle where it belongs. */
export function SortableRow({ id, label, moveLabel, children }: SortableRowProps) {
  const { attributes, listeners, setActivatorNodeRef, setNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  const handle = (
    <Button
      {...attributes}
      {...listeners}
      ref={setActivatorNodeRef}
      variant="ghost"
      size="icon-sm"
      aria-label={moveLabel}
      title="Drag to move"
      className="w-5 shrink-0 cursor-grab touch-none text-tertiary active:cursor-grabbing"
    >
      <GripVertical className="size-3.5" />
    </Button>
  )
  return (
    <fieldset
      ref={setNodeRef}
      aria-label={label}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cn(
        'flex min-w-0 flex-col gap-1 max-sm:rounded-lg max-sm:border max-sm:p-1.5',
        isDragging && 'relative z-10 rounded-lg bg-raised shadow-lg',
      )}
    >
      {children(handle)}
    </fieldset>
  )
}
