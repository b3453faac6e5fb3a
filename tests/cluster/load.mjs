// What a shop sends, at a steady rate, by HTTP and by AMQP at once, with a memory of what was said yes to.
import amqp from 'amqplib'
import { chance } from '../crash/load.mjs'
import { pause, until } from './servers.mjs'

const batchSize = 10
const senders = 3
const people = 50

export class Load {
  /** Ids that were said yes to, over either way. */
  accepted = new Set()
  overHttp = 0
  overAmqp = 0
  /** When an order was offered first, by its number. */
  offeredAt = new Map()
  /** Answers of the tracking API that were no yes, by status. */
  refused = new Map()
  /** Batches without a yes: they may be in or not, and go again with the same ids. */
  #unsure = []
  #random
  #target
  #amqp
  #key
  #round = 'start'
  #made = 0
  #phones = new Map()
  #stopping = true
  #running = Promise.resolve()

  /** @param target gives the address of the api, which changes when a new one takes over. */
  constructor(seed, { key, amqp: address, target }) {
    this.#random = chance(seed)
    this.#key = key
    this.#amqp = address
    this.#target = target
  }

  /** Each round has people of its own, who have had no message yet. */
  start(round, { perSecond = 160 } = {}) {
    this.#round = round
    this.#stopping = false
    const every = (1000 * batchSize * senders) / perSecond
    this.#running = Promise.all([...Array.from({ length: senders }, () => this.#pour(every)), this.#publish()])
    this.#running.catch(() => {})
  }

  async stop() {
    this.#stopping = true
    await this.#running
  }

  /** Until everything that was ever offered has its yes. */
  async repeatUnsure() {
    await until('every batch to be taken at last', async () => {
      for (const batch of this.#unsure.splice(0)) await this.#offer(batch)
      return this.#unsure.length === 0
    }, 60)
  }

  /** One batch more, with the ids it has. */
  send(batch) { return this.#offer(batch) }

  make(size = batchSize) {
    return Array.from({ length: size }, () => this.#call())
  }

  async #pour(every) {
    for (let due = Date.now(); !this.#stopping; due += every) {
      await this.#offer(this.make())
      await pause(Math.max(0, due + every - Date.now()))
      // What could not be sent in time is not caught up with: the load is steady, not a debt.
      due = Math.max(due, Date.now() - every)
    }
  }

  async #offer(batch) {
    for (const call of batch) {
      const order = call.properties?.order_id
      if (order && !this.offeredAt.has(order)) this.offeredAt.set(order, Date.now())
    }
    const status = await this.#post(batch)
    if (status === 200) {
      for (const call of batch) this.accepted.add(call.messageId)
      this.overHttp += batch.length
      return 200
    }
    this.refused.set(status, (this.refused.get(status) ?? 0) + batch.length)
    this.#unsure.push(batch)
    // A server that is gone answers at once.
    if (!status) await pause(50)
    return status
  }

  async #post(batch) {
    try {
      const answer = await fetch(`${this.#target()}/v1/batch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${this.#key}:`).toString('base64')}` },
        body: JSON.stringify({ batch }),
        signal: AbortSignal.timeout(15_000),
      })
      await answer.arrayBuffer()
      if (answer.status === 429 && !answer.headers.get('retry-after')) throw new Error('Expected Retry-After beside 429, but there is none.')
      return answer.status
    } catch (error) {
      if (error.message.startsWith('Expected')) throw error
      return 0
    }
  }

  // Another system in another language: single events and small lists on the ingress exchange. A broker that restarts is waited for.
  async #publish() {
    for (let calls; !this.#stopping;) {
      let connection
      try {
        connection = await amqp.connect(this.#amqp)
        connection.on('error', () => {})
        const channel = await connection.createConfirmChannel()
        channel.on('error', () => {})
        while (!this.#stopping) {
          calls ??= Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => this.#view(this.#person()))
          const body = Buffer.from(JSON.stringify(calls.length === 1 ? calls[0] : calls))
          await confirmed(connection, (done) => channel.publish('automation.ingress', 'shop', body, { persistent: true, mandatory: true }, done))
          for (const call of calls) this.accepted.add(call.messageId)
          this.overAmqp += calls.length
          calls = null
          await pause(40)
        }
        await connection.close()
      } catch {
        connection?.close().catch(() => {})
        await pause(250)
      }
    }
  }

  #person() { return `${this.#round}-${Math.floor(this.#random() * people)}` }

  // A number that nobody has, one for each person.
  #phone(person) {
    if (!this.#phones.has(person)) this.#phones.set(person, `+8610000${100_000 + this.#phones.size}`)
    return this.#phones.get(person)
  }

  #id() { return `m-${++this.#made}` }

  #view(person) {
    return { type: 'track', event: 'product_viewed', messageId: this.#id(), userId: person, properties: { product: `p-${Math.floor(this.#random() * 17)}` } }
  }

  #call() {
    const person = this.#person()
    const traits = { phone: this.#phone(person), external_user_id: `wm-${person}` }
    const draw = this.#random()
    if (draw < 0.12) {
      const order = `o-${person}-${this.#made + 1}`
      return { type: 'track', userId: person, messageId: this.#id(), event: 'order_paid', properties: { order_id: order, amount: this.#made % 90 }, context: { traits } }
    }
    // Somebody without a name is decided by another partition until the two turn out to be one.
    if (draw < 0.3) return { ...this.#view(person), userId: undefined, anonymousId: `a-${person}` }
    if (draw < 0.35) return { type: 'identify', userId: person, anonymousId: `a-${person}`, messageId: this.#id(), traits }
    return this.#view(person)
  }
}

function confirmed(connection, publish) {
  return new Promise((resolve, reject) => {
    connection.once('close', reject)
    publish((error) => {
      connection.off('close', reject)
      if (error) reject(error)
      else resolve()
    })
  })
}
