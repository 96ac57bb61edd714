// Every key of the page: what it does, and how the help names it.

export function listen(actions) {
  const byKey = {
    ArrowRight: actions.next, Enter: actions.next, d: actions.next,
    ArrowLeft: actions.previous, a: actions.previous,
    p: actions.copy, c: actions.copy, u: actions.firstLeft,
    Delete: actions.remove, Backspace: actions.remove, Escape: actions.deselect,
    '+': actions.larger, '=': actions.larger, '-': actions.smaller, 0: actions.fit, '?': actions.help,
  };
  window.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]') || event.target.closest('input')) return;
    const onButton = event.key === 'Enter' && event.target.closest('button, a');
    const action = onButton ? undefined : pick(event, byKey, actions);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Annotorious has an undo of its own
    action();
  }, true);
}

function pick(event, byKey, actions) {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (letter === 'z') return event.shiftKey ? actions.redo : actions.undo;
    return letter === 'y' ? actions.redo : undefined;
  }
  if (event.altKey) return undefined;
  if (/^[1-9]$/.test(letter)) return () => actions.label(Number(letter) - 1);
  return byKey[letter];
}

export const HELP = {
  boxes: [
    ['1 – 9', 'Choose the label of the next box'], ['drag', 'Draw it'], ['click, 1 – 9', 'Give a box another label'],
    ['→', 'Done with this picture, next'], ['←', 'Previous'], ['P', 'Copy the boxes to the next picture'], ['U', 'First picture not looked at'],
    ['Del', 'Delete the selected box'], ['Ctrl Z, Ctrl Y', 'Undo, redo'], ['+ − 0', 'Larger, smaller, fit'],
    ['Ctrl wheel', 'Zoom where the mouse is'], ['Space drag', 'Move the picture'],
  ],
  classes: [
    ['1 – 9', 'Say what the picture shows, next'], ['→ ←', 'Next, previous'], ['U', 'First picture not looked at'],
    ['Ctrl Z, Ctrl Y', 'Take the last answer back, give it again'], ['+ − 0', 'Larger, smaller, fit'], ['Space drag', 'Move the picture'],
  ],
};
