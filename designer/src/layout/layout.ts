import type { Step } from '../model/journey'
import { outputs, portId, start, type Output, type Port } from '../model/links'
import { dominators } from './dominators'

/**
 * The canvas lays itself out: top to bottom, each step's ways side by side beneath it, and a step that several ways lead to
 * beneath them all, in the middle. Every step owns a rectangle with all that only it leads to, so nothing ever overlaps.
 */
export const cardWidth = 264
export const cardHeight = 92
export const columnGap = 44
export const rowGap = 76
const endHeight = 34

export interface PlacedNode {
  id: string
  x: number
  y: number
  width: number
  height: number
}
/** A way between two cards, or to its end. `lane` is the column it runs down before it turns to its target. */
export interface PlacedEdge extends Output {
  id: string
  points: [x: number, y: number][]
  /** Where the label and the plus stand. */
  at: [x: number, y: number]
  ends: 'step' | 'end' | 'back'
}
export interface Layout {
  nodes: PlacedNode[]
  edges: PlacedEdge[]
  width: number
  height: number
}

interface Block {
  width: number
  height: number
  place(x: number, y: number): void
}

export const rootId = '/trigger'

export function layOut(steps: Step[]): Layout {
  const first = steps[0]?.id
  const byId = new Map(steps.map((step) => [step.id, step]))
  const ways = (id: string): Output[] => {
    if (id === rootId) return [{ ...(start as Port), to: first }]
    const step = byId.get(id)
    return step ? outputs(step).map((one) => (one.to !== undefined && byId.has(one.to) ? one : { ...one, to: undefined })) : []
  }
  const spots = new Map<string, PlacedNode>()
  const lanes: { from: string; way: Output; x: number; y: number; ends: PlacedEdge['ends'] }[] = []
  const done = new Set<string>()
  let bottom = 0
  let left = 0

  const layRoot = (root: string) => {
    const tree = dominators(root, (id) => ways(id).flatMap((one) => (one.to === undefined || done.has(one.to) ? [] : [one.to])))
    for (const id of tree.order) done.add(id)
    const block = (id: string): Block => {
      const outs = ways(id)
      const owned = new Set(tree.children.get(id) ?? [])
      const arms: Block[] = []
      for (const way of outs) {
        const isOwn = way.to !== undefined && owned.has(way.to) && (tree.entries.get(way.to) ?? 0) === 1
        if (isOwn) owned.delete(way.to!)
        const ends = way.to === undefined ? 'end' : tree.isBack(id, way.to) || !tree.children.has(way.to) ? 'back' : 'step'
        const below = isOwn ? block(way.to!) : { width: outs.length > 1 ? 150 : cardWidth, height: endHeight, place: () => undefined }
        arms.push({
          ...below,
          place: (x, y) => {
            lanes.push({ from: id, way, x, y, ends })
            below.place(x, y)
          },
        })
      }
      const joins = tree.order.filter((one) => owned.has(one)).map(block)
      const armsWidth = arms.reduce((sum, one) => sum + one.width, 0) + columnGap * Math.max(0, arms.length - 1)
      const width = Math.max(cardWidth, armsWidth, ...joins.map((one) => one.width))
      const fork = outs.length > 1 ? rowGap + 44 : rowGap
      const armsHeight = arms.length > 0 ? fork + Math.max(...arms.map((one) => one.height)) : 0
      return {
        width,
        height: cardHeight + armsHeight + joins.reduce((sum, one) => sum + rowGap + one.height, 0),
        place: (x, y) => {
          spots.set(id, { id, x: x - cardWidth / 2, y, width: cardWidth, height: cardHeight })
          let from = x - armsWidth / 2
          for (const arm of arms) {
            arm.place(from + arm.width / 2, y + cardHeight + fork)
            from += arm.width + columnGap
          }
          let under = y + cardHeight + armsHeight
          for (const join of joins) {
            join.place(x, under + rowGap)
            under += rowGap + join.height
          }
        },
      }
    }
    const whole = block(root)
    whole.place(left + whole.width / 2, 0)
    left += whole.width + columnGap * 3
    bottom = Math.max(bottom, whole.height)
  }

  layRoot(rootId)
  // A draft may hold steps that nothing leads to; they stand beside the journey until somebody connects or removes them.
  for (const step of steps) if (!done.has(step.id)) layRoot(step.id)

  return { nodes: [...spots.values()], edges: lanes.map((lane) => draw(lane, spots)), width: left, height: bottom }
}

function draw(
  { from, way, x, y, ends }: { from: string; way: Output; x: number; y: number; ends: PlacedEdge['ends'] }, spots: Map<string, PlacedNode>,
): PlacedEdge {
  const card = spots.get(from)!
  const foot: [number, number] = [card.x + card.width / 2, card.y + card.height]
  const turn = foot[1] + 22
  const target = ends === 'step' ? spots.get(way.to!)! : null
  const head: [number, number] = target ? [target.x + target.width / 2, target.y] : [x, y]
  const points: [number, number][] = [foot]
  if (x !== foot[0]) points.push([foot[0], turn], [x, turn])
  if (head[0] !== x) points.push([x, head[1] - 26], [head[0], head[1] - 26])
  points.push(head)
  const outs = x === foot[0] && head[0] === x && !way.name && way.slot !== 'otherwise'
  const at: [number, number] = [x, outs ? (foot[1] + Math.min(head[1], y)) / 2 : y - 42]
  return { ...way, id: portId(way), points, at, ends }
}
