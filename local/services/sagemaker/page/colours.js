// A colour for each label: bright, and told apart on any picture. After ten they come again.

const COLOURS = [
  '#ffc233', '#4fd1ff', '#ff7ab6', '#7ee081', '#b79bff', '#ff9457', '#2fe0c2', '#ff6b6b', '#d7e34a', '#8fb4ff',
];

export const colourOf = (label) => COLOURS[label % COLOURS.length];
