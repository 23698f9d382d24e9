// Two kinds of panel that Grafana does not publish as components, drawn on a canvas in its colours.
import { type DataFrame, formattedValueToString } from '@grafana/data';
import { useEffect, useRef } from 'react';
import { type Span, theme } from './frames';

type Draw = (pen: CanvasRenderingContext2D) => void;

function Canvas({ width, height, draw }: { width: number; height: number; draw: Draw }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current!.getContext('2d')!;
    pen.clearRect(0, 0, width, height);
    pen.font = `12px ${theme.typography.fontFamily}`;
    draw(pen);
  });
  return <canvas ref={canvas} width={width} height={height} />;
}

const AXIS = 20;

function timeAxis(pen: CanvasRenderingContext2D, span: Span, left: number, width: number,
  height: number) {
  pen.fillStyle = theme.colors.text.primary;
  pen.textAlign = 'center';
  for (let part = 0.1; part < 1; part += 0.2) {
    const at = new Date(span.from + part * (span.to - span.from));
    pen.fillText(at.toISOString().slice(11, 19), left + part * (width - left), height - 5);
  }
  pen.textAlign = 'left';
}

interface Drawn { frames: DataFrame[]; span: Span; width: number; height: number }

/** A band for each series, coloured by its thresholds; nothing where there is no value. */
export function StateTimeline({ frames, span, width, height }: Drawn) {
  const left = 190;
  return <Canvas width={width} height={height} draw={(pen) => {
    const band = (height - AXIS) / frames.length;
    const x = (at: number) => left + (at - span.from) / (span.to - span.from) * (width - left);
    frames.forEach((frame, row) => {
      const [times, field] = frame.fields;
      const step = times.values.length > 1 ? times.values[1] - times.values[0] : 0;
      pen.fillStyle = theme.colors.text.primary;
      pen.textAlign = 'right';
      pen.fillText(field.state?.displayName ?? field.config.displayName ?? field.name, left - 8,
        (row + 0.5) * band + 4);
      field.values.forEach((value, index) => {
        if (value === null) return;
        pen.fillStyle = field.display!(value).color!;
        const begin = x(times.values[index]);
        pen.fillRect(begin, row * band + 2, x(times.values[index] + step) - begin + 0.5,
          band - 4);
      });
    });
    timeAxis(pen, span, left, width, height);
  }} />;
}

/** Buckets upwards, time to the right, the darker the more. */
export function Heatmap({ frames, span, width, height }: Drawn) {
  const left = 64;
  const edge = (frame: DataFrame) => Number(frame.fields[1].labels!.le.replace('+Inf', 'Infinity'));
  const rising = [...frames].sort((a, b) => edge(a) - edge(b));
  const count = (row: number, index: number) => Math.max(0,
    (rising[row].fields[1].values[index] ?? 0) - (row ? rising[row - 1].fields[1].values[index] ?? 0 : 0));
  const times = rising[0].fields[0].values;
  const cells = rising.map((_, row) => times.map((__: number, index: number) => count(row, index)));
  const used = cells.map((row) => row.some((value: number) => value > 1e-9));
  const first = Math.max(0, used.indexOf(true) - 1);
  const last = Math.min(rising.length - 1, used.lastIndexOf(true) + 1);
  const most = Math.max(1e-9, ...cells.flat());
  return <Canvas width={width} height={height} draw={(pen) => {
    const band = (height - AXIS) / (last - first + 1);
    for (let row = first; row <= last; row += 1) {
      const bottom = height - AXIS - (row - first) * band;
      const field = rising[row].fields[1];
      pen.fillStyle = theme.colors.text.primary;
      pen.textAlign = 'right';
      const text = Number.isFinite(edge(rising[row]))
        ? formattedValueToString(field.display!(edge(rising[row]))) : '+Inf';
      pen.fillText(text, left - 8, bottom - band / 2 + 4);
      cells[row].forEach((value: number, index: number) => {
        if (value <= 1e-9) return;
        pen.fillStyle = `rgba(255, 152, 48, ${0.15 + 0.85 * Math.sqrt(value / most)})`;
        const begin = left + (times[index] - span.from) / (span.to - span.from) * (width - left);
        pen.fillRect(begin, bottom - band + 1, (width - left) / times.length, band - 2);
      });
    }
    timeAxis(pen, span, left, width, height);
  }} />;
}
