// Events poured in by several senders at once, with a memory of which of them the server said yes to.

/** Numbers in [0, 1), the same for the same seed. */
export function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const ordersMax = 4_500

export class Load {
  acknowledged = new Set()
  /** Batches without an answer: they may be in or not, and are sent again with the same ids. */
  unsure = []
  #random
  #key
  #made = 0
  #orders = 0
  #stopping = false

  constructor(seed, writeKey) {
    this.#random = chance(seed + 1)
    this.#key = writeKey
  }

  pour(url, senders = 4) {
    this.#stopping = false
    const waiting = this.unsure.splice(0)
    return Promise.all(Array.from({ length: senders }, async () => {
      while (!this.#stopping) {
        const batch = waiting.pop() ?? this.#make(25)
        if (!(await this.#send(url, batch))) this.unsure.push(batch)
      }
    })).then(() => this.unsure.push(...waiting))
  }

  async stop(pouring) {
    this.#stopping = true
    await pouring
  }

  async repeatUnsure(url) {
    for (const batch of this.unsure.splice(0)) {
      if (!(await this.#send(url, batch))) throw new Error('Expected the last server to take every batch, but it refused one.')
    }
  }

  async #send(url, batch) {
    try {
      const answer = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${this.#key}:`).toString('base64')}` },
        body: JSON.stringify({ batch }),
        signal: AbortSignal.timeout(10_000),
      })
      await answer.arrayBuffer()
      if (answer.status === 429 || answer.status === 503) return false
      if (answer.status !== 200) throw new TypeError(`status ${answer.status}`)
      for (const event of batch) this.acknowledged.add(event.messageId)
      return true
    } catch {
      // The server is gone: without a pause the senders would spin until the round ends.
      await new Promise((resolve) => setTimeout(resolve, 20))
      return false
    }
  }

  #make(size) {
    return Array.from({ length: size }, () => {
      const n = ++this.#made
      const userId = `u-${Math.floor(this.#random() * 400)}`
      const messageId = `crash-${n}`
      const draw = this.#random()
      if (draw < 0.1) {
        return { type: 'identify', userId, messageId, traits: { phone: `+8610000${String(100000 + Number(userId.slice(2)))}`, external_user_id: `wm-${userId}`, round: n } }
      }
      // Whoever orders has an address, so that each order is a message.
      // An order is two mails, and the sandbox keeps the newest 10,000: the check must find every one of them.
      return draw < 0.22 && ++this.#orders <= ordersMax
        ? { type: 'track', userId, messageId, event: 'order_paid', properties: { order_id: `o-${n}`, amount: n % 90 },
            context: { traits: { phone: `+8610000${String(100000 + Number(userId.slice(2)))}`, external_user_id: `wm-${userId}` } } }
        : { type: 'track', userId, messageId, event: 'product_viewed', properties: { product: `p-${n % 17}` } }
    })
  }
}
