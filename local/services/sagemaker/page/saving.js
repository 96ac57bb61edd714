// Sends answers to the service as they change, one at a time, the newest of each picture; goes on until they are there.

const AGAIN_MS = 2000;

export class Saving {
  /** `send(index)` sends a picture's answer; `tell(state, message)` shows 'saving', 'saved', 'waiting' or 'refused'. */
  constructor(send, tell) {
    this.send = send;
    this.tell = tell;
    this.unsent = new Set();
    this.running = null;
    window.addEventListener('beforeunload', (event) => {
      if (this.unsent.size) event.preventDefault();
    });
  }

  add(index) {
    this.unsent.add(index);
    this.running ??= this.#run().finally(() => (this.running = null));
  }

  /** Resolves once everything is sent. */
  async finished() {
    while (this.running) await this.running;
  }

  async #run() {
    this.tell('saving');
    while (this.unsent.size) {
      const [index] = this.unsent;
      this.unsent.delete(index);
      try {
        await this.send(index);
      } catch (error) {
        if (error.status >= 400 && error.status < 500) {
          this.tell('refused', error.message);
          return;
        }
        this.unsent.add(index);
        this.tell('waiting');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    this.tell('saved');
  }
}
