/** What of a graph the layout asks: which step every way to another must pass, and which ways lead back. */
export interface Dominators {
  /** Every step that is reached, each after all that lead to it but the ways back. */
  order: string[]
  /** The steps that stand directly beneath one. */
  children: Map<string, string[]>
  /** How many ways lead to a step, without those back. */
  entries: Map<string, number>
  isBack(from: string, to: string): boolean
}

export function dominators(root: string, next: (id: string) => string[]): Dominators {
  const back = new Set<string>()
  const order = backwards(root, next, back)
  const rank = new Map(order.map((id, i) => [id, i]))
  const before = new Map<string, string[]>(order.map((id) => [id, []]))
  for (const id of order) {
    for (const to of next(id)) if (!back.has(`${id}\n${to}`)) before.get(to)!.push(id)
  }
  // Without the ways back one pass is enough: all that lead to a step are known before it.
  const above = new Map<string, string>()
  for (const id of order.slice(1)) {
    above.set(id, before.get(id)!.reduce((a, b) => {
      while (a !== b) {
        if (rank.get(a)! > rank.get(b)!) a = above.get(a)!
        else b = above.get(b)!
      }
      return a
    }))
  }
  const children = new Map<string, string[]>(order.map((id) => [id, []]))
  for (const [id, over] of above) children.get(over)!.push(id)
  return {
    order,
    children,
    entries: new Map([...before].map(([id, from]) => [id, from.length])),
    isBack: (from, to) => back.has(`${from}\n${to}`),
  }
}

// Depth first without recursion: a journey of 500 steps in a row is deeper than it looks.
function backwards(root: string, next: (id: string) => string[], back: Set<string>): string[] {
  const open = new Set<string>([root])
  const closed = new Set<string>()
  const order: string[] = []
  const stack = [{ id: root, ways: next(root).reverse() }]
  while (stack.length > 0) {
    const top = stack.at(-1)!
    const to = top.ways.shift()
    if (to === undefined) {
      open.delete(top.id)
      closed.add(top.id)
      order.push(top.id)
      stack.pop()
    } else if (open.has(to)) {
      back.add(`${top.id}\n${to}`)
    } else if (!closed.has(to)) {
      open.add(to)
      stack.push({ id: to, ways: next(to).reverse() })
    }
  }
  return order.reverse()
}
