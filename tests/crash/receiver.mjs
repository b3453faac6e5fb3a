import { createServer } from 'node:http'

/** A service that takes webhooks and counts them by message id: the vendor that nobody can ask afterwards. */
export class Receiver {
  arrivals = new Map()
  #server

  async start() {
    this.#server = createServer((request, response) => {
      request.resume().once('end', () => {
        const id = request.headers['x-automation-message-id']
        this.arrivals.set(id, (this.arrivals.get(id) ?? 0) + 1)
        // Time enough for a kill to fall between the call and its answer.
        setTimeout(() => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'), 8)
      })
    })
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${this.#server.address().port}/`
  }

  stop() {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }
}
