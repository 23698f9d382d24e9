// Prometheus answers to Grafana data frames, with the panel's own transformations, names, units,
// colours and thresholds applied by @grafana/data. What Grafana's Prometheus source and panel
// model do on a server is repeated here as far as our boards use it, and no further.
import {
  applyFieldOverrides, createTheme, type DataFrame, type Field, FieldConfigOptionsRegistry,
  FieldType, standardFieldConfigEditorRegistry, standardTransformers,
  standardTransformersRegistry, transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';

export const theme = createTheme({ colors: { mode: 'dark' } });

// Grafana registers these with editors for its panel editor; drawing needs only the paths.
const STANDARD = ['unit', 'min', 'max', 'decimals', 'thresholds', 'mappings', 'displayName',
  'noValue', 'color'];
const CUSTOM = ['drawStyle', 'fillOpacity', 'lineWidth', 'stacking', 'showPoints', 'axisLabel',
  'scaleDistribution', 'thresholdsStyle', 'gradientMode', 'lineInterpolation', 'spanNulls',
  'width', 'align', 'cellOptions', 'axisPlacement', 'barAlignment'];

function option(id: string, path: string, isCustom: boolean): any {
  return { id, path, name: id, isCustom, process: (value: unknown) => value,
    shouldApply: () => true, settings: {} };
}

const standard = STANDARD.map((name) => option(name, name, false));
const options = new FieldConfigOptionsRegistry();
for (const each of standard) options.register(each);
for (const name of CUSTOM) options.register(option(`custom.${name}`, name, true));
standardFieldConfigEditorRegistry.setInit(() => standard);

const transformers: any[] = [standardTransformers.mergeTransformer,
  standardTransformers.organizeFieldsTransformer, standardTransformers.sortByTransformer,
  standardTransformers.filterFieldsByNameTransformer, standardTransformers.orderFieldsTransformer,
  standardTransformers.renameFieldsTransformer, standardTransformers.filterFieldsTransformer,
  standardTransformers.noopTransformer];
standardTransformersRegistry.setInit(() => transformers.map((one) => ({
  ...one, transformation: () => Promise.resolve(one) })) as any);

export interface Series { metric: Record<string, string>; value?: [number, string];
  values?: Array<[number, string]> }
export interface Answer { refId: string; legend: string; shape: 'table' | 'now' | 'range';
  step: number; result: Series[] }
export interface Span { from: number; to: number }  // milliseconds

function nameOf(legend: string, metric: Record<string, string>): string {
  if (legend && legend !== '__auto') {
    return legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
  }
  const labels = Object.entries(metric).filter(([label]) => label !== '__name__');
  return labels.length === 1 ? labels[0][1]
    : labels.length === 0 ? (metric.__name__ ?? 'Value')
      : `{${labels.map(([label, value]) => `${label}="${value}"`).join(', ')}}`;
}

function asTable(answer: Answer, alone: boolean): DataFrame {
  const labels = [...new Set(answer.result.flatMap((one) => Object.keys(one.metric)))]
    .filter((label) => label !== '__name__').sort();
  const fields: Field[] = labels.map((label) => ({ name: label, type: FieldType.string, config: {},
    values: answer.result.map((one) => one.metric[label] ?? '') }));
  fields.push({ name: alone ? 'Value' : `Value #${answer.refId}`, type: FieldType.number,
    config: {}, values: answer.result.map((one) => Number(one.value![1])) });
  return { refId: answer.refId, length: answer.result.length, fields };
}

function asSeries(answer: Answer, one: Series, span: Span): DataFrame {
  const name = nameOf(answer.legend, one.metric);
  const points = one.values ?? [one.value!];
  let times = points.map(([at]) => at * 1000);
  let values: Array<number | null> = points.map(([, value]) => Number(value));
  if (answer.shape === 'range') {
    const known = new Map(points.map(([at, value]) => [Math.round(at * 1000), Number(value)]));
    times = [];
    for (let at = span.from; at <= span.to; at += answer.step) times.push(at);
    values = times.map((at) => {
      const value = known.get(Math.round(at));
      return value === undefined || Number.isNaN(value) ? null : value;
    });
  }
  return { refId: answer.refId, name, length: times.length, fields: [
    { name: 'Time', type: FieldType.time, config: {}, values: times },
    { name, type: FieldType.number, config: { displayNameFromDS: name }, labels: one.metric,
      values }] };
}

/** JSON has no -Infinity: the first threshold's null means it. */
export function fieldConfigOf(panel: any): any {
  return JSON.parse(JSON.stringify(panel.fieldConfig), (key, value) =>
    key === 'steps' ? value.map((step: any) => ({ ...step, value: step.value ?? -Infinity })) : value);
}

/** The frames of one panel, ready to draw. */
export async function framesOf(panel: any, answers: Answer[], span: Span): Promise<DataFrame[]> {
  let frames = answers.flatMap((answer) => answer.shape === 'table'
    ? [asTable(answer, answers.length === 1)]
    : answer.result.map((one) => asSeries(answer, one, span)));
  if (panel.transformations) {
    frames = await lastValueFrom(transformDataFrame(panel.transformations, frames));
  }
  return applyFieldOverrides({ data: frames, fieldConfig: fieldConfigOf(panel), theme,
    replaceVariables: (text: string) => text, fieldConfigRegistry: options, timeZone: 'utc' });
}
