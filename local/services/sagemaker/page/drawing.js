// One picture with its boxes: Annotorious draws and edits them, this keeps their labels and tells of changes.

import { toAnnotation, toBox } from './boxes.js';
import { colourOf } from './colours.js';

// The library's build for browsers is a classic script.
const { createImageAnnotator } = window.Annotorious;

const CLICK_PIXELS = 3; // a hand that clicks moves the mouse this far at most

export class Drawing {
  /** `changed()` is called when boxes may have changed, `selected()` when another is selected. */
  constructor(image, names, { changed, selected }) {
    this.size = { width: image.naturalWidth, height: image.naturalHeight };
    this.names = names;
    this.labels = new Map();
    this.current = 0;
    this.presses = []; // where the mouse went down last, and with which label: the library tells of a box later
    this.drawn = null; // the box just drawn, until it is clicked: the library selects it by itself
    this.pressed = null; // where in a selected box the mouse went down
    this.annotator = createImageAnnotator(image, { drawingMode: 'drag', style: (one) => this.#style(one) });
    this.layer = this.annotator.element.querySelector('.a9s-annotationlayer');
    this.tags = this.annotator.element.appendChild(document.createElement('div'));
    this.tags.className = 'tags';
    this.annotator.on('createAnnotation', (made) => {
      this.labels.set(made.id, this.#labelOf(made.target.selector.geometry));
      this.drawn = made.id;
      changed();
    });
    this.annotator.on('selectionChanged', selected);
    this.layer.addEventListener('pointerdown', (event) => this.#press(event), true);
    this.layer.addEventListener('pointermove', (event) => event.buttons && this.#tag());
    this.layer.addEventListener('pointerup', (event) => {
      if (this.#isClick(event)) this.drawn = null;
      setTimeout(changed);
    });
  }

  close() {
    this.tags.remove();
    this.annotator.destroy();
  }

  get boxes() {
    return this.annotator
      .getAnnotations()
      .map((one) => toBox(one.target.selector.geometry, this.labels.get(one.id) ?? this.current, this.size))
      .filter(Boolean);
  }

  get selection() {
    return this.annotator.getSelected().map((one) => one.id);
  }

  /** Show these boxes and no others. */
  show(boxes) {
    const annotations = boxes.map((box) => toAnnotation(crypto.randomUUID(), box));
    this.labels = new Map(annotations.map((one, index) => [one.id, boxes[index].label]));
    this.annotator.cancelSelected();
    this.annotator.setAnnotations(annotations, true);
    this.#tag();
  }

  /** What is drawn from now on bears this label, and so does the box that was clicked, if one is selected. */
  use(label) {
    this.current = label;
    // It may be told of only after another box was clicked.
    if (this.selection.includes(this.drawn)) this.annotator.cancelSelected();
    for (const id of this.selection) this.labels.set(id, label);
    this.refresh();
  }

  deselect() {
    this.annotator.cancelDrawing();
    this.annotator.cancelSelected();
  }

  removeSelected() {
    for (const id of this.selection) this.annotator.removeAnnotation(id);
    this.refresh();
  }

  refresh() {
    this.annotator.setStyle((one) => this.#style(one));
    this.#tag();
  }

  async #press(event) {
    // A box at the picture's edge is drawn to beyond it: the mouse stays ours until it is let go.
    this.layer.setPointerCapture(event.pointerId);
    const inside = event.target.closest('.a9s-annotation.selected');
    this.pressed = inside ? { x: event.clientX, y: event.clientY } : null;
    if (!inside) {
      this.drawn = null;
      this.presses = [...this.presses.slice(-3), { ...this.#place(event), label: this.current }];
    }
    if (!this.selection.length || inside) return;
    // The library draws only while nothing is selected: deselect, let it notice, and press again.
    event.stopImmediatePropagation();
    this.annotator.cancelSelected();
    await null;
    const again = new PointerEvent(event.type, event);
    Object.defineProperties(again, { offsetX: { value: event.offsetX }, offsetY: { value: event.offsetY } });
    this.layer.dispatchEvent(again);
  }

  /** The label that was chosen when the mouse went down at a corner of the box. */
  #labelOf({ x, y, w, h }) {
    const at = (press, left, top) => Math.hypot(press.x - left, press.y - top);
    const far = (press) => Math.min(at(press, x, y), at(press, x + w, y), at(press, x, y + h), at(press, x + w, y + h));
    return this.presses.reduce((best, press) => (far(press) <= far(best) ? press : best)).label;
  }

  /** Where the mouse is, in pixels of the picture. */
  #place({ clientX, clientY }) {
    const { left, top, width, height } = this.layer.getBoundingClientRect();
    return { x: ((clientX - left) / width) * this.size.width, y: ((clientY - top) / height) * this.size.height };
  }

  #isClick({ clientX, clientY }) {
    return this.pressed && Math.hypot(clientX - this.pressed.x, clientY - this.pressed.y) <= CLICK_PIXELS;
  }

  #style(one) {
    const colour = colourOf(this.labels.get(one.id) ?? this.current);
    return { stroke: colour, strokeWidth: 2, fill: colour, fillOpacity: 0.04 };
  }

  #tag() {
    this.tags.replaceChildren(...this.boxes.map((box) => this.#tagOf(box)));
  }

  #tagOf(box) {
    const tag = document.createElement('span');
    tag.textContent = this.names[box.label];
    tag.style.setProperty('--colour', colourOf(box.label));
    tag.style.left = `${(box.left / this.size.width) * 100}%`;
    tag.style.top = `${(box.top / this.size.height) * 100}%`;
    tag.classList.toggle('inside', (box.top / this.size.height) * this.tags.clientHeight < 16);
    return tag;
  }
}
