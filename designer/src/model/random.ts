import { addStep, changeStep, connect, moveStep, removeStep, renameStep, setNote } from './commands'
import { copySteps, paste, readSteps } from './clipboard'
import { stepTypes, type Journey } from './journey'
import { outputs, start, type Port } from './links'

/** For tests: a stream of random edits that is the same for the same seed. */
export function dice(seed: number) {
  let state = seed * 2_654_435_761 + 1
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) | 0
    return Math.abs(state ^ (state >>> 13)) % below
  }
}

export const empty: Journey = { key: 'test', trigger: { on: 'event', event: 'signed_up' }, steps: [] }

export const ports = (journey: Journey): Port[] => [start, ...journey.steps.flatMap((step) => outputs(step))]

export function edit(journey: Journey, roll: (below: number) => number): Journey {
  const open = ports(journey)
  const port = open[roll(open.length)]!
  const step = journey.steps[roll(Math.max(1, journey.steps.length))]
  switch (step ? roll(9) : 0) {
    case 4: return removeStep(journey, step!.id)
    case 5: return moveStep(journey, step!.id, port)
    case 6: return renameStep(journey, step!.id, `renamed-${roll(50)}`)
    case 7: return setNote(changeStep(journey, step!.id, (one) => ({ ...one, name: `name ${roll(9)}` })), step!.id, roll(2) ? 'note' : '')
    case 8: return port.step === null ? journey : connect(journey, port, roll(3) ? step!.id : undefined)
    case 3: return paste(journey, port, readSteps(copySteps(journey, new Set([step!.id])))!).journey
    default: return addStep(journey, port, stepTypes[roll(stepTypes.length)]!).journey
  }
}
