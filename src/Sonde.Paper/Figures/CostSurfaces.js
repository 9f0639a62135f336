// Surfaces over two weights on a canvas, turned by dragging and by the arrow keys; the projection, light and order of facets are those of SurfaceView.cs and
// SurfacePainter.cs. Unless the reader asks for less motion, it turns for a moment at first to show that it can.
function turnCostSurfaces(canvas, data) {
    "use strict";
    const context = canvas.getContext("2d"), boxHeight = 0.72, mostFacets = 24, shown = 4000;
    const highest = Math.max(...data.surfaces.flatMap(surface => surface.costs));
    const stride = Math.max(1, Math.floor((data.side - 1) / mostFacets));
    let azimuth = data.azimuth, elevation = data.elevation, touched = false, drag = null;

    function draw() {
        const pixels = window.devicePixelRatio || 1, width = canvas.clientWidth || 760, height = canvas.clientHeight || 500;
        if (canvas.width !== Math.round(width * pixels) || canvas.height !== Math.round(height * pixels)) {
            canvas.width = Math.round(width * pixels);
            canvas.height = Math.round(height * pixels);
        }
        context.setTransform(pixels, 0, 0, pixels, 0, 0);
        context.fillStyle = "#fff";
        context.fillRect(0, 0, width, height);
        const a = azimuth * Math.PI / 180, e = elevation * Math.PI / 180;
        // Seen from higher up the box needs more room downwards.
        const scale = Math.min(0.292 * width, 0.46 * height / (boxHeight * Math.cos(e) + 1.42 * Math.sin(e)));
        const turn = (x, y) => [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
        const place = (x, y, z) => {
            const [across, away] = turn(x, y);
            return [width / 2 + scale * across, 0.47 * height - scale * (boxHeight * z * Math.cos(e) + away * Math.sin(e))];
        };
        const depth = (x, y, z) => turn(x, y)[1] * Math.cos(e) - boxHeight * z * Math.sin(e);
        const light = (riseX, riseY) => {
            const [across, away] = turn(-boxHeight * riseX, -boxHeight * riseY);
            return Math.abs(-0.5 * across - 0.4 * away + 0.77) / Math.hypot(across, away, 1);
        };
        drawAxes(width, place, depth);
        const facets = data.surfaces.flatMap(surface => facetsOf(surface, place, depth, light));
        facets.sort((one, other) => other.depth - one.depth);
        for (const facet of facets) {
            context.beginPath();
            facet.corners.forEach(([x, y], corner) => corner === 0 ? context.moveTo(x, y) : context.lineTo(x, y));
            context.closePath();
            context.fillStyle = shade(facet.color, facet.light, 0.59);
            context.fill();
            context.strokeStyle = shade(facet.color, 0.55 * facet.light, 0.75);
            context.lineWidth = 0.6;
            context.stroke();
        }
    }

    function facetsOf(surface, place, depth, light) {
        const facets = [], last = data.side - 1, step = 2 * stride / last;
        const z = (i, j) => 2 * surface.costs[i * data.side + j] / highest - 1;
        for (let i = 0; i + stride <= last; i += stride)
            for (let j = 0; j + stride <= last; j += stride) {
                const a = z(i, j), b = z(i + stride, j), c = z(i + stride, j + stride), d = z(i, j + stride);
                const x = 2 * i / last - 1, y = 2 * j / last - 1;
                facets.push({
                    depth: depth(x + step / 2, y + step / 2, (a + b + c + d) / 4), color: surface.color,
                    corners: [place(x, y, a), place(x + step, y, b), place(x + step, y + step, c), place(x, y + step, d)],
                    light: light((b + c - a - d) / (2 * step), (c + d - a - b) / (2 * step)),
                });
            }
        return facets;
    }

    function drawAxes(width, place, depth) {
        context.font = `${Math.max(10, Math.round(width / 58))}px sans-serif`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.lineWidth = 1;
        const line = (from, to) => {
            context.strokeStyle = "#d0d0d0";
            context.beginPath();
            context.moveTo(...from);
            context.lineTo(...to);
            context.stroke();
        };
        const text = (words, [x, y]) => {
            context.fillStyle = "#000";
            context.fillText(words, x, y);
        };
        // Words at the side of an edge need room for half their width.
        const outside = (x, y, near, beside) => {
            const [left, top] = place(x, y, -1), [middleLeft, middleTop] = place(0, 0, -1);
            const [nextLeft, nextTop] = Math.abs(y) === 1 ? place(x + 1, y, -1) : place(x, y + 1, -1);
            const [across, down] = [top - nextTop, nextLeft - left];
            const side = across * (left - middleLeft) + down * (top - middleTop) < 0 ? -1 : 1;
            const length = Math.hypot(across, down), distance = side * (near + beside * Math.abs(across) / length);
            return [left + distance * across / length, top + distance * down / length];
        };
        const nearY = depth(0, -1, -1) < depth(0, 1, -1) ? -1 : 1, nearX = depth(-1, 0, -1) < depth(1, 0, -1) ? -1 : 1;
        for (let at = -1; at <= 1; at += 0.5) {
            line(place(at, -1, -1), place(at, 1, -1));
            line(place(-1, at, -1), place(1, at, -1));
            // Where the two edges meet, their numbers would overlap.
            if (at !== nearX)
                text(at * data.reach, outside(at, nearY, 15, 0));
            if (at !== nearY)
                text(at * data.reach, outside(nearX, at, 15, 0));
        }
        text("W1 (first layer)", outside(0, nearY, 36, 40));
        text("W2 (output layer)", outside(nearX, 0, 36, 40));
        const corner = [[-1, -1], [-1, 1], [1, -1], [1, 1]].reduce((left, at) => place(...at, -1)[0] < place(...left, -1)[0] ? at : left);
        line(place(...corner, -1), place(...corner, 1));
        for (let cost = 0; cost <= highest; cost++) {
            const [x, y] = place(...corner, 2 * cost / highest - 1);
            text(cost, [x - 14, y]);
        }
        const [x, y] = place(...corner, 1);
        text("cost", [x, y - 14]);
    }

    function shade(color, light, alpha) {
        const of = channel => Math.round(Math.min(255, channel * (0.35 + 0.65 * light) + 60 * light));
        return `rgba(${color.map(of).join(",")},${alpha})`;
    }

    function turnBy(right, up) {
        touched = true;
        azimuth += right;
        elevation = Math.min(85, Math.max(0, elevation + up));
        draw();
    }

    canvas.addEventListener("pointerdown", event => {
        drag = [event.clientX, event.clientY];
        canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", event => {
        if (!drag)
            return;
        turnBy((event.clientX - drag[0]) * 0.5, (event.clientY - drag[1]) * 0.3);
        drag = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"])
        canvas.addEventListener(end, () => { drag = null; });
    canvas.addEventListener("keydown", event => {
        const by = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }[event.key];
        if (!by)
            return;
        event.preventDefault();
        turnBy(...by);
    });
    window.addEventListener("resize", draw);
    draw();
    if (window.matchMedia && !window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        const start = data.azimuth;
        let began = null;
        const step = now => {
            began = began === null ? now : began;
            if (touched)
                return;
            azimuth = start + 25 * Math.sin(2 * Math.PI * Math.min(1, (now - began) / shown));
            draw();
            if (now - began < shown)
                window.requestAnimationFrame(step);
        };
        window.requestAnimationFrame(step);
    }
}
