import { describe, expect, it } from 'vitest'
import { insert, newStep } from '../model/commands'
import type { Journey, Step } from '../model/journey'
import { start } from '../model/links'
import { dice, edit, empty } from '../model/random'
import { layOut, rootId } from './layout'

const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
const send = (id: string, next?: string): Step => ({ id, type: 'send', channel: 'sms', template: 't', ...(next ? { next } : {}) })
const at = (steps: Step[]) => new Map(layOut(steps).nodes.map((node) => [node.id, node]))

describe('the layout', () => {
  it.each(seeds)('places every step once and lets none overlap (seed %i)', (seed) => {
    const roll = dice(seed)
    let journey: Journey = empty
    for (let i = 0; i < 70; i++) journey = edit(journey, roll)
    const { nodes } = layOut(journey.steps)
    expect(nodes.map((node) => node.id).sort()).toEqual([rootId, ...journey.steps.map((step) => step.id)].sort())
    for (const a of nodes) {
      for (const b of nodes) {
        if (a.id >= b.id) continue
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(apart, `${a.id} and ${b.id}`).toBe(true)
      }
    }
  })

  it('puts a step that two ways lead to beneath both, in the middle', () => {
    const where = at([
      { id: 'fork', type: 'split', variants: [{ name: 'A', weight: 1, next: 'a' }, { name: 'B', weight: 1, next: 'b' }] },
      send('a', 'join'), send('b', 'join'), send('join'),
    ])
    expect(where.get('join')!.x).toBe(where.get('fork')!.x)
    expect(where.get('a')!.y).toBe(where.get('b')!.y)
    expect(where.get('a')!.x).toBeLessThan(where.get('b')!.x)
    expect(where.get('join')!.y).toBeGreaterThan(where.get('a')!.y + where.get('a')!.height)
  })

  it('draws a way back as a way back', () => {
    const { edges } = layOut([send('a', 'b'), send('b', 'a')])
    expect(edges.map((edge) => edge.ends)).toEqual(['step', 'step', 'back'])
  })

  it('keeps what nothing leads to beside the journey', () => {
    const where = at([send('a'), send('lost')])
    expect(where.get('lost')!.x).toBeGreaterThan(where.get('a')!.x + where.get('a')!.width)
  })

  it('lays out 500 steps in a row and 300 in a wide tree', () => {
    let row = empty
    for (let i = 0; i < 500; i++) row = insert(row, start, [newStep('wait', `w${i}`)])
    expect(layOut(row.steps).nodes).toHaveLength(501)
    const roll = dice(7)
    let wide = empty
    while (wide.steps.length < 300) wide = edit(wide, roll)
    expect(layOut(wide.steps).nodes).toHaveLength(wide.steps.length + 1)
  })
})
