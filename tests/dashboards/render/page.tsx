// Draws one board from board.json: {board, span, answers: {panel id: [Answer]}, choices}. When all is
// drawn it posts to /report what a test wants to know: panels without data, panels of a kind that
// is not known here, errors.
import { type DataFrame, dateTime, getFieldDisplayValues, ThemeContext } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { BigValue, GlobalStyles, PanelChrome, Table, TimeSeries } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { Heatmap, StateTimeline } from './drawn';
import { fieldConfigOf, framesOf, type Span, theme } from './frames';

const WIDTH = 1600;
const LINE = 38;
const GAP = 8;
const report = { empty: [] as string[], unknown: [] as string[], errors: [] as string[] };

interface Body { panel: any; frames: DataFrame[]; span: Span; width: number; height: number }

function Stat({ panel, frames, width, height }: Body) {
  const values = getFieldDisplayValues({ data: frames, fieldConfig: fieldConfigOf(panel), theme,
    reduceOptions: panel.options.reduceOptions, replaceVariables: (text: string) => text,
    sparkline: panel.options.graphMode === 'area', timeZone: 'utc' } as any);
  const inRows = panel.options.orientation === 'horizontal';
  const across = inRows ? 1 : values.length;
  const down = inRows ? values.length : 1;
  return <div style={{ display: 'flex', flexWrap: 'wrap' }}>{values.map((value, index) => <BigValue
    key={index} theme={theme} width={width / across} height={height / down} value={value.display} sparkline={value.sparkline}
    graphMode={panel.options.graphMode} colorMode={panel.options.colorMode}
    textMode={panel.options.textMode} count={values.length} justifyMode={panel.options.justifyMode} />)}</div>;
}

function Markdown({ text }: { text: string }) {
  const parts = text.split(/\n\n+/).map((part) => part
    .replace(/&/g, '&amp;').replace(/</g, '&lt;')
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/`(.+?)`/g, '<code>$1</code>')
    .replace(/\[(.+?)\]\((.+?)\)/g, '<a style="color:#6e9fff">$1</a>'));
  return <>{parts.map((part, index) => <p key={index}
    dangerouslySetInnerHTML={{ __html: part }} />)}</>;
}

function Content(body: Body) {
  const { panel, frames, span, width, height } = body;
  if (panel.type === 'text') return <Markdown text={panel.options.content} />;
  if (frames.length === 0 || frames.every((frame) => frame.length === 0)) return <>No data</>;
  switch (panel.type) {
    case 'stat': return <Stat {...body} />;
    case 'table': return <Table data={frames[0]} width={width} height={height} />;
    case 'state-timeline': return <StateTimeline {...body} />;
    case 'heatmap': return <Heatmap {...body} />;
    case 'timeseries': return <TimeSeries frames={frames} structureRev={1} width={width}
      height={height} timeZone="utc" legend={panel.options.legend} timeRange={{
        from: dateTime(span.from), to: dateTime(span.to), raw: { from: 'now-1h', to: 'now' } }} />;
    default: return <>unknown kind of panel {panel.type}</>;
  }
}

function place(panel: any) {
  const { x, y, w, h } = panel.gridPos;
  const column = WIDTH / 24;
  return { left: x * column + GAP / 2, top: 56 + y * LINE, width: w * column - GAP,
    height: h * LINE - GAP };
}

function Framed({ panel, frames, span }: { panel: any; frames: DataFrame[]; span: Span }) {
  const { left, top, width, height } = place(panel);
  const at = { position: 'absolute' as const, left, top, width, height };
  if (panel.type === 'row') {
    return <div style={{ ...at, fontSize: 17, fontWeight: 500, paddingTop: 4 }}>{panel.title}</div>;
  }
  return <div style={at}><PanelChrome title={panel.title} description={panel.description}
    width={width} height={height}>{(innerWidth, innerHeight) => <Content panel={panel}
      frames={frames} span={span} width={innerWidth} height={innerHeight} />}</PanelChrome></div>;
}

async function draw() {
  await initPluginTranslations('wiremill');
  const { board, span, answers, choices } = await (await fetch('board.json')).json();
  const panels = board.panels.flatMap((panel: any) => [panel, ...(panel.panels ?? [])]);
  const frames: DataFrame[][] = [];
  for (const panel of panels) {
    const made = panel.targets ? await framesOf(panel, answers[panel.id], span) : [];
    if (panel.targets && made.every((frame) => frame.length === 0)) report.empty.push(panel.title);
    if (!['row', 'text', 'stat', 'table', 'timeseries', 'heatmap', 'state-timeline']
      .includes(panel.type)) report.unknown.push(panel.type);
    frames.push(made);
  }
  createRoot(document.getElementById('root')!).render(
    <ThemeContext.Provider value={theme}><GlobalStyles />
      <div style={{ padding: '12px 8px', fontSize: 22, fontWeight: 500 }}>{board.title}
        <span style={{ fontSize: 14, fontWeight: 400, marginLeft: 16,
          color: theme.colors.text.secondary }}>{board.description} {choices}</span></div>
      {panels.map((panel: any, index: number) => <Framed key={panel.id} panel={panel}
        frames={frames[index]} span={span} />)}
    </ThemeContext.Provider>);
}

function tell() {
  setTimeout(() => fetch('report', { method: 'POST', body: JSON.stringify(report) }), 1500);
}

window.addEventListener('error', (event) => report.errors.push(String(event.message)));
window.addEventListener('unhandledrejection', (event) => report.errors.push(String(event.reason)));
draw().catch((error) => report.errors.push(String(error.stack))).finally(tell);
