// All pictures as a strip: which have boxes, which were looked at, which is shown. Click to go there.

import { colourOf } from './colours.js';

export class Timeline {
  constructor(canvas, answers, go) {
    this.canvas = canvas;
    this.answers = answers;
    this.at = 0;
    canvas.addEventListener('click', (event) => {
      const count = answers.pictures.length;
      go(Math.min(count - 1, Math.floor((event.offsetX / canvas.clientWidth) * count)));
    });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  show(index) {
    this.at = index;
    this.draw();
  }

  draw() {
    const { canvas, answers } = this;
    const ratio = window.devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    const step = width / answers.pictures.length;
    const gap = step > 5 ? 2 : 0;
    answers.pictures.forEach(({ answer }, index) => {
      const labels = answer.label === null ? answer.boxes.map((box) => box.label) : [answer.label];
      pen.fillStyle = answer.looked_at ? '#5d6675' : '#2b2f38';
      pen.fillRect(index * step, 6, Math.max(1, step - gap), height - 12);
      new Set(labels).forEach((label) => {
        pen.fillStyle = colourOf(label);
        const place = [...new Set(labels)].indexOf(label) / new Set(labels).size;
        pen.fillRect(index * step, 6 + place * (height - 12), Math.max(1, step - gap), (height - 12) / new Set(labels).size);
      });
    });
    pen.strokeStyle = '#ffffff';
    pen.lineWidth = 2;
    pen.strokeRect(Math.max(1, this.at * step - 1), 2, Math.max(4, step - gap + 2), height - 4);
  }
}
