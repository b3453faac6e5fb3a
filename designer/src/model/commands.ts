import type { Journey, Step, StepType } from './journey'
import { outputs, reachable, redirect, relink, targetOf, type Port } from './links'

/** Edits of a journey. Each takes a document and gives a new one; none leaves a link to a step that is gone. */

const prefixes: Record<StepType, string> = {
  wait: 'wait', wait_for: 'await', branch: 'branch', split: 'split', send: 'send', update: 'update', emit: 'emit', call: 'call', exit: 'exit',
}

/** An id nobody has yet; the engine never reuses one either, so the ledger stays readable. */
export function freshId(taken: Iterable<string>, wish: string): string {
  const known = new Set(taken)
  const stem = wish.replace(/-\d+$/, '')
  if (!known.has(wish)) return wish
  for (let i = 2; ; i++) if (!known.has(`${stem}-${i}`)) return `${stem}-${i}`
}

/** A step as it comes from the palette: complete enough to be drawn, with what only its author knows left empty. */
export function newStep(type: StepType, id: string): Step {
  switch (type) {
    case 'wait': return { id, type, for: '1d' }
    case 'wait_for': return { id, type, event: '', timeout: '1d' }
    case 'branch': return { id, type, branches: [{ name: 'A', when: { combinator: 'and', rules: [] } }] }
    case 'split': return { id, type, variants: [{ name: 'A', weight: 50 }, { name: 'B', weight: 50 }] }
    case 'send': return { id, type, channel: '', template: '' }
    case 'update': return { id, type, set: {} }
    case 'emit': return { id, type, event: '' }
    case 'call': return { id, type, account: '' }
    case 'exit': return { id, type }
  }
}

export function addStep(journey: Journey, port: Port, type: StepType): { journey: Journey; added: string } {
  const id = freshId(journey.steps.map((step) => step.id), prefixes[type])
  return { journey: insert(journey, port, [newStep(type, id)]), added: id }
}

/**
 * Puts steps on an edge, the first of them where the edge led. What they leave open goes on with what came after,
 * so a branch that is inserted comes together again and nothing behind it is lost.
 */
export function insert(journey: Journey, port: Port, added: Step[]): Journey {
  const first = added[0]
  if (!first) return journey
  const tail = targetOf(journey, port)
  const linked = added.map((step) => relink(step, (to) => to ?? tail))
  if (port.step === null) return { ...journey, steps: [...linked, ...journey.steps] }
  return {
    ...journey,
    steps: journey.steps.flatMap((step) => (step.id === port.step ? [redirect(step, port.slot, first.id), ...linked] : [step])),
  }
}

/** Of a step whose ways all come together again: only one of them goes on with what comes after, the others end. */
export const keepTail = (journey: Journey, id: string, slot: string): Journey =>
  changeStep(journey, id, (step) => outputs(step).reduce((changed, way) => (way.slot === slot ? changed : redirect(changed, way.slot, undefined)), step))

/** Where an edge leads instead: to a step that is there already, or nowhere. */
export const connect = (journey: Journey, port: Port, to: string | undefined): Journey =>
  changeStep(journey, port.step ?? '', (step) => redirect(step, port.slot, to))

export const changeStep = (journey: Journey, id: string, change: (step: Step) => Step): Journey => ({
  ...journey,
  steps: journey.steps.map((step) => (step.id === id ? change(step) : step)),
})

/** Takes a step out; who came to it goes on where its first way led. Steps that only its other ways led to go with it. */
export function removeStep(journey: Journey, id: string): Journey {
  const step = journey.steps.find((one) => one.id === id)
  if (!step) return journey
  const after = outputs(step).map((one) => one.to).find((to) => to !== undefined && to !== id)
  const before = reachable(journey.steps)
  let steps = journey.steps.filter((one) => one.id !== id).map((one) => relink(one, (to) => (to === id ? after : to)))
  if (journey.steps[0]?.id === id && after !== undefined) {
    steps = [...steps.filter((one) => one.id === after), ...steps.filter((one) => one.id !== after)]
  }
  const now = reachable(steps)
  steps = steps.filter((one) => now.has(one.id) || !before.has(one.id))
  return withoutLost({ ...journey, steps })
}

/** Which steps would go with it, for the question before removing. */
export const lostWith = (journey: Journey, id: string): string[] => {
  const left = new Set(removeStep(journey, id).steps.map((step) => step.id))
  return journey.steps.map((step) => step.id).filter((one) => one !== id && !left.has(one))
}

/** Takes a step with one way on out of its place and puts it on another edge. */
export function moveStep(journey: Journey, id: string, port: Port): Journey {
  const step = journey.steps.find((one) => one.id === id)
  if (!step || port.step === id || outputs(step).length > 1 || targetOf(journey, port) === id) return journey
  const moved = insert(removeStep(journey, id), port, [relink(step, () => undefined)])
  // Out of its place and back: a note on it stays on it.
  return journey.notes ? { ...moved, notes: journey.notes } : moved
}

/** A step's id is what the ledger calls it; links and notes follow. */
export function renameStep(journey: Journey, from: string, to: string): Journey {
  if (from === to || !/^[\p{L}\p{Nd}_-]{1,64}$/u.test(to) || journey.steps.some((step) => step.id === to)) return journey
  const steps = journey.steps.map((step) => relink(step.id === from ? { ...step, id: to } : step, (old) => (old === from ? to : old)))
  const notes = journey.notes?.map((note) => (note.step === from ? { ...note, step: to } : note))
  return { ...journey, steps, ...(notes ? { notes } : {}) }
}

/** A note on a step; an empty one goes. */
export function setNote(journey: Journey, step: string, text: string): Journey {
  const others = (journey.notes ?? []).filter((note) => note.step !== step)
  const { notes: _, ...rest } = journey
  const notes = text.trim() ? [...others, { step, text }] : others
  return notes.length > 0 ? { ...rest, notes } : rest
}

// A link to a step that went away ends there; a note on it goes as well.
function withoutLost(journey: Journey): Journey {
  const known = new Set(journey.steps.map((step) => step.id))
  const steps = journey.steps.map((step) => relink(step, (to) => (to !== undefined && !known.has(to) ? undefined : to)))
  const { notes, ...rest } = journey
  const kept = notes?.filter((note) => note.step === undefined || known.has(note.step))
  return { ...rest, steps, ...(kept && kept.length > 0 ? { notes: kept } : {}) }
}
