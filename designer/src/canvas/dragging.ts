import type { DragEvent } from 'react'
import type { StepType } from '../model/journey'

/** What is dragged onto an edge: a kind of step from the palette, or a step that stands elsewhere. */
const freshType = 'application/x-automation-step'
const movedType = 'application/x-automation-move'

// While something is dragged every "+" is a larger target; a class on the body reaches them without drawing the canvas anew.
const mark = (isOn: boolean) => document.body.classList.toggle('dragging-step', isOn)

function begin(drag: DragEvent, kind: string, value: string) {
  drag.dataTransfer.setData(kind, value)
  drag.dataTransfer.effectAllowed = kind === movedType ? 'move' : 'copy'
  // At once would move what is under the pointer, and Chromium gives the drag up.
  setTimeout(() => mark(true))
}
const end = () => mark(false)

export const dragFresh = (type: StepType) => ({ draggable: true, onDragStart: (drag: DragEvent) => begin(drag, freshType, type), onDragEnd: end })
export const dragStep = (id: string) => ({ draggable: true, onDragStart: (drag: DragEvent) => begin(drag, movedType, id), onDragEnd: end })

export const isStepDrag = (drag: DragEvent) => drag.dataTransfer.types.includes(freshType) || drag.dataTransfer.types.includes(movedType)

/** What was dropped, once it is. */
export function droppedStep(drop: DragEvent): { fresh: StepType } | { moved: string } | null {
  mark(false)
  const [fresh, moved] = [drop.dataTransfer.getData(freshType), drop.dataTransfer.getData(movedType)]
  return fresh ? { fresh: fresh as StepType } : moved ? { moved } : null
}
