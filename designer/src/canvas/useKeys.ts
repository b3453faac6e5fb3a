import { useReactFlow } from '@xyflow/react'
import { useEffect, type RefObject } from 'react'
import { rootId } from '../layout/layout'
import { moveStep } from '../model/commands'
import type { Journey } from '../model/journey'
import { outputs, start, type Port } from '../model/links'
import type { Draft } from './draft'

export interface Actions {
  add(port: Port): void
  remove(): void
  copy(): void
  cut(): void
  paste(): void
  search(): void
}

/** The edge behind a step: where the keyboard adds and pastes. */
export function portAfter(journey: Journey, id: string | undefined): Port | null {
  if (id === rootId || journey.steps.length === 0) return start
  const step = journey.steps.find((one) => one.id === id)
  return (step && outputs(step)[0]) ?? null
}

/** Steps and edges around one, for walking with the arrows. */
function neighbour(journey: Journey, id: string, key: string): string | undefined {
  const into = (to: string) => journey.steps.find((step) => outputs(step).some((one) => one.to === to))
  if (key === 'ArrowDown') {
    if (id === rootId) return journey.steps[0]?.id
    const step = journey.steps.find((one) => one.id === id)
    return step && outputs(step).find((one) => one.to !== undefined)?.to
  }
  if (key === 'ArrowUp') return journey.steps[0]?.id === id ? rootId : into(id)?.id
  const parent = into(id)
  if (!parent) return undefined
  const beside = outputs(parent).flatMap((one) => (one.to === undefined ? [] : [one.to]))
  return beside[beside.indexOf(id) + (key === 'ArrowRight' ? 1 : -1)]
}

function shift(draft: Draft, id: string, key: string) {
  const { journey } = draft
  const step = journey.steps.find((one) => one.id === id)
  if (!step) return
  if (key === 'ArrowDown') {
    const below = outputs(step)[0]?.to
    const port = below === undefined ? null : portAfter(journey, below)
    if (port) draft.edit(moveStep(journey, id, port))
  } else {
    const above = journey.steps.find((one) => outputs(one).some((way) => way.to === id))
    const over = above && journey.steps.flatMap((one) => outputs(one)).find((way) => way.to === above.id)
    if (above) draft.edit(moveStep(journey, id, over ?? start))
  }
}

// What changes nothing also works where the journey is only looked at.
const looking = new Set(['f', '/', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Control+c'])

export function useKeys(surface: RefObject<HTMLElement | null>, draft: Draft, actions: Actions, isEditing: boolean) {
  const flow = useReactFlow()
  useEffect(() => {
    const show = (id: string) => {
      draft.select(id)
      const node = flow.getNode(id)
      if (node) void flow.setCenter(node.position.x + 132, node.position.y + 46, { zoom: flow.getZoom(), duration: 120 })
    }
    const pressed = (press: KeyboardEvent) => {
      const control = press.ctrlKey || press.metaKey
      const typing = (press.target as HTMLElement).closest?.('input, textarea, [contenteditable], .ant-select, .ant-modal, .ant-popover')
      if (control && press.key.toLowerCase() === 's') {
        press.preventDefault()
        void draft.save()
        return
      }
      if (typing) return
      const [only] = draft.state.selected
      const key = control ? `Control+${press.key.toLowerCase()}` : press.key
      if (!isEditing && (!looking.has(key) || press.altKey)) return
      const done = ((): boolean => {
        switch (key) {
          case 'Control+z': return press.shiftKey ? draft.redo() : draft.undo(), true
          case 'Control+y': return draft.redo(), true
          // Text that is marked is copied as text.
          case 'Control+c': return getSelection()?.isCollapsed === false ? false : (actions.copy(), true)
          case 'Control+x': return actions.cut(), true
          case 'Control+v': return actions.paste(), true
          case 'Delete':
          case 'Backspace': return actions.remove(), true
          case 'f': return void flow.fitView({ maxZoom: 1, padding: 0.1, duration: 200 }), true
          case '/': return actions.search(), true
          case 'Escape': return draft.select(), surface.current?.focus(), true
          case 'a': {
            const port = portAfter(draft.journey, only ?? (draft.journey.steps.at(-1)?.id ?? rootId))
            return port ? (actions.add(port), true) : false
          }
          case 'ArrowUp':
          case 'ArrowDown':
          case 'ArrowLeft':
          case 'ArrowRight': {
            if (press.altKey && only) return shift(draft, only, key), true
            const to = only ? neighbour(draft.journey, only, key) : rootId
            return to === undefined ? false : (show(to), true)
          }
          default: return false
        }
      })()
      if (done) press.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [surface, draft, actions, isEditing, flow])
}
