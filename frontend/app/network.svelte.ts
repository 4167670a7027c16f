/** Whether the server can be reached, as far as the browser and the last request know. */
class Network {
  #online = $state(typeof navigator === 'undefined' ? true : navigator.onLine);
  #missed = $state(false);

  constructor() {
    if (typeof window === 'undefined') return;
    window.addEventListener('online', () => {
      this.#online = true;
      this.#missed = false;
    });
    window.addEventListener('offline', () => (this.#online = false));
  }

  /**
   * What keeps requests from arriving: `offline` where the browser knows of no connection, `server` where there is one
   * and yet no answer came. Null: nothing.
   */
  get trouble(): 'offline' | 'server' | null {
    if (!this.#online) return 'offline';
    return this.#missed ? 'server' : null;
  }

  reached(): void {
    this.#missed = false;
  }

  missed(): void {
    this.#missed = true;
  }
}

export const network = new Network();
