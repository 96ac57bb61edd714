// How large the picture is shown, and moving about in it.

const MARGIN = 32;
const MOST = 8;
const STEP = 1.25;

export class Zoom {
  constructor(stage, button) {
    this.stage = stage;
    this.button = button;
    this.scale = null; // null: as large as fits
    this.image = null;
    new ResizeObserver(() => this.#apply()).observe(stage);
    stage.addEventListener('wheel', (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.by(event.deltaY < 0 ? STEP : 1 / STEP, event);
    }, { passive: false });
    this.#panWithSpace();
  }

  show(image) {
    this.image = image;
    this.#apply();
  }

  fit() {
    this.scale = null;
    this.#apply();
  }

  larger() { this.by(STEP); }
  smaller() { this.by(1 / STEP); }

  /** Scale by a factor; the point under the mouse, or the middle, stays where it is. */
  by(factor, at) {
    const before = this.image.getBoundingClientRect();
    const view = this.stage.getBoundingClientRect();
    const x = at?.clientX ?? view.left + view.width / 2;
    const y = at?.clientY ?? view.top + view.height / 2;
    const across = (x - before.left) / before.width;
    const down = (y - before.top) / before.height;
    this.scale = Math.min(MOST, Math.max(this.#fitting(), this.#shown() * factor));
    if (this.scale === this.#fitting()) this.scale = null;
    this.#apply();
    const after = this.image.getBoundingClientRect();
    this.stage.scrollLeft += after.left + across * after.width - x;
    this.stage.scrollTop += after.top + down * after.height - y;
  }

  #fitting() {
    const { offsetWidth, offsetHeight } = this.stage; // scroll bars, which are not there then, left out
    const across = (offsetWidth - MARGIN) / this.image.naturalWidth;
    const down = (offsetHeight - MARGIN) / this.image.naturalHeight;
    return Math.min(across, down, MOST);
  }

  #shown() { return this.scale ?? this.#fitting(); }

  #apply() {
    if (!this.image) return;
    const scale = this.#shown();
    this.stage.classList.toggle('zoomed', this.scale !== null);
    this.image.style.width = `${this.image.naturalWidth * scale}px`;
    this.image.style.height = `${this.image.naturalHeight * scale}px`;
    this.button.textContent = this.scale === null ? `Fit · ${Math.round(scale * 100)} %` : `${Math.round(scale * 100)} %`;
  }

  #panWithSpace() {
    let from = null;
    const held = (down) => (event) => {
      if (event.code !== 'Space' || event.target.closest('button, input, dialog')) return;
      event.preventDefault();
      this.stage.classList.toggle('panning', down);
    };
    window.addEventListener('keydown', held(true));
    window.addEventListener('keyup', held(false));
    this.stage.addEventListener('pointerdown', (event) => {
      if (!this.stage.classList.contains('panning')) return;
      event.stopPropagation();
      from = { x: event.clientX + this.stage.scrollLeft, y: event.clientY + this.stage.scrollTop };
      this.stage.setPointerCapture(event.pointerId);
    }, true);
    this.stage.addEventListener('pointermove', (event) => {
      if (from) this.stage.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    this.stage.addEventListener('pointerup', () => (from = null));
  }
}
