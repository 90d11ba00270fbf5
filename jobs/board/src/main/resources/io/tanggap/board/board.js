'use strict';
(function () {
  const EVERY_MS = 15000;
  const charts = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function number(value, percent) {
    const options = percent ? { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } : {};
    return value.toLocaleString(document.documentElement.lang, options);
  }

  function axes(data, percent) {
    const soft = colour('--soft');
    return {
      animation: false,
      aria: { enabled: true },
      color: [colour('--one'), colour('--two')],
      textStyle: { fontFamily: 'system-ui, sans-serif' },
      grid: { left: 56, right: 16, top: 34, bottom: 30 },
      legend: { top: 0, left: 0, itemHeight: 8, textStyle: { color: colour('--ink') } },
      xAxis: { type: 'category', data: data.along, axisLabel: { color: soft, hideOverlap: true }, axisLine: { lineStyle: { color: soft } } },
      yAxis: {
        type: 'value', min: 0, max: percent ? 1 : null,
        axisLabel: { color: soft, formatter: value => percent ? Math.round(value * 100) + ' %' : number(value) },
        splitLine: { lineStyle: { color: colour('--line') } }
      }
    };
  }

  // A page may forbid style attributes, so tips are drawn, not written as HTML.
  function tip(say) {
    return {
      trigger: 'axis', renderMode: 'richText', backgroundColor: colour('--panel'), borderColor: colour('--line'),
      textStyle: { color: colour('--ink') }, formatter: say
    };
  }

  function share(data) {
    const option = axes(data, true);
    option.legend.data = data.names;
    option.tooltip = tip(points => {
      const i = points[0].dataIndex;
      return data.along[i] + '\n' + data.names[0] + ' ' + number(data.values[i], true) + '\n' + data.names[1] + ' '
        + number(data.low[i], true) + ' – ' + number(data.high[i], true);
    });
    const plain = { type: 'line', stack: 'between', symbol: 'none', lineStyle: { opacity: 0 } };
    option.series = [
      Object.assign({ data: data.low, silent: true }, plain),
      Object.assign({ name: data.names[1], data: data.high.map((high, i) => high - data.low[i]),
        areaStyle: { color: colour('--one'), opacity: 0.25 }, itemStyle: { color: colour('--between') }, silent: true }, plain),
      { name: data.names[0], type: 'line', data: data.values, symbolSize: 7, color: colour('--one') }
    ];
    return option;
  }

  function curve(data) {
    const days = data.hours.map(hours => hours / 24);
    const points = values => days.map((day, i) => [day, values[i] ?? data.values[i]]);
    // A line drops at the age at which something ended, not before.
    const stairs = values => points(values).flatMap((point, i, all) => i ? [[point[0], all[i - 1][1]], point] : [point]);
    const option = axes(data, true);
    Object.assign(option.xAxis, {
      type: 'value', data: null, min: 0, max: Math.min(data.most / 24, days[days.length - 1]), name: data.names[3],
      nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: colour('--soft') }, splitLine: { show: false },
      axisLabel: { color: colour('--soft'), formatter: day => number(Math.round(day * 10) / 10) }
    });
    option.grid.bottom = 44;
    option.legend.data = data.names.slice(0, 2);
    option.tooltip = tip(points => {
      const i = points[0].dataIndex;
      const between = data.low[i] === null ? '' : '\n' + data.names[1] + ' ' + number(data.low[i], true) + ' – ' + number(data.high[i], true);
      return number(Math.round(days[i] * 10) / 10) + ' ' + data.names[3] + '\n' + data.names[0] + ' ' + number(data.values[i], true) + between;
    });
    const outline = stairs(data.low).concat(stairs(data.high).reverse());
    option.series = [
      { name: data.names[0], type: 'line', step: 'end', data: points(data.values), showSymbol: false, color: colour('--one'),
        markLine: { silent: true, symbol: 'none', lineStyle: { color: colour('--two') },
          label: { formatter: data.names[2], color: colour('--two'), position: 'insideEndTop', rotate: 0, align: 'left', offset: [6, 14] },
          data: data.median === undefined ? [] : [{ xAxis: data.median / 24 }] } },
      { name: data.names[1], type: 'custom', silent: true, tooltip: { show: false }, clip: true, itemStyle: { color: colour('--between') },
        data: [outline[0]],
        renderItem: (params, api) => ({ type: 'polygon', shape: { points: outline.map(point => api.coord(point)) },
          style: { fill: colour('--one'), opacity: 0.25 } }) }
    ];
    return option;
  }

  function counts(data) {
    const option = axes(data, false);
    option.tooltip = tip(points => points[0].name + '\n'
      + points.map(point => point.seriesName + ' ' + number(point.value)).join('\n'));
    option.series = data.series.map(one => ({ name: one.name, type: 'line', data: one.values, showSymbol: false }));
    return option;
  }

  function draw() {
    charts.splice(0).forEach(chart => chart.dispose());
    if (!window.echarts) {
      return;
    }
    document.querySelectorAll('figure > .chart').forEach(place => {
      const data = JSON.parse(place.parentElement.querySelector('script').textContent);
      const chart = window.echarts.init(place, null, { renderer: 'canvas' });
      chart.setOption({ share, curve, counts }[data.shape](data));
      charts.push(chart);
    });
  }

  let waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => charts.forEach(chart => chart.resize()), 100);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  window.addEventListener('beforeprint', () => charts.forEach(chart => chart.resize()));
  draw();

  const live = document.getElementById('live');
  if (!live) {
    return;
  }

  const dialog = document.getElementById('explanation');
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-case]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
      return;
    }
    event.preventDefault();
    fetch(link.href).then(answer => answer.text()).then(html => {
      const page = new DOMParser().parseFromString(html, 'text/html');
      dialog.querySelector('div').replaceChildren(...page.querySelector('main').childNodes);
      dialog.showModal();
    }).catch(() => { location.href = link.href; });
  });

  let tag = null;
  function say(lost) {
    const words = lost ? live.dataset.lost : live.dataset.live;
    if (live.textContent !== words) {
      live.textContent = words;
    }
    live.classList.toggle('lost', lost);
  }

  // What the reader has opened stays open, and is found again by its place on the page.
  function exchange(html) {
    const next = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
    const main = document.querySelector('main');
    const typing = main.contains(document.activeElement) && /^(SELECT|INPUT)$/.test(document.activeElement.tagName);
    if (!next || typing) {
      return false;
    }
    const open = [...main.querySelectorAll('details')].map(one => one.open);
    next.querySelectorAll('details').forEach((one, i) => { one.open = open[i] ?? one.open; });
    const scrolled = [...main.querySelectorAll('.scroll')].map(one => [one.scrollLeft, one.scrollTop]);
    const focus = [...main.querySelectorAll('a, button, summary')].indexOf(document.activeElement);
    main.replaceChildren(...next.childNodes);
    main.querySelectorAll('.scroll').forEach((one, i) => {
      [one.scrollLeft, one.scrollTop] = scrolled[i] ?? [0, 0];
    });
    if (focus >= 0) {
      main.querySelectorAll('a, button, summary')[focus]?.focus({ preventScroll: true });
    }
    draw();
    return true;
  }

  function look() {
    if (document.hidden) {
      return;
    }
    fetch(location.href, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' })
      .then(answer => {
        if (answer.status === 304) {
          return say(false);
        }
        if (!answer.ok) {
          return say(true);
        }
        return answer.text().then(html => {
          const first = tag === null;
          if (first || exchange(html)) {
            tag = answer.headers.get('ETag');
          }
          say(false);
        });
      })
      .catch(() => say(true));
  }

  if (document.querySelector('main[data-live]')) {
    look();
    setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
  }
}());
