/* A peer for speed comparisons: deep tanh networks under stochastic gradient descent, by hand over OpenBLAS.
 *
 * Usage: peer_openblas THREADS
 * Prints what it is. Then each line "inputs width depth classes batch seconds" on standard input trains such a network for half of the
 * seconds unmeasured, then for the seconds, and is answered with the updates per second.
 * The weight gradient is never stored: the product that makes it adds to the weights. Examples are random numbers in memory.
 */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EXAMPLES = 2000 };
static const float learning_rate = 0.01f;

/* One layer: z [batch, outputs] = f(input W + biases), gradient [batch, outputs] = dCost/ds. */
struct layer {
    int inputs, outputs;
    float *weights, *biases, *z, *gradient;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

static float uniform(void)
{
    static unsigned state = 1;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) * (2.0f / (1 << 24)) - 1;
}

static float *reserve(size_t count)
{
    float *values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
    if (!values) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return values;
}

static struct layer make_layer(int inputs, int outputs, int batch)
{
    struct layer layer = {
        inputs, outputs, reserve((size_t)inputs * outputs), reserve(outputs), reserve((size_t)batch * outputs), reserve((size_t)batch * outputs),
    };
    float bound = sqrtf(6.0f / (inputs + outputs));
    for (size_t k = 0; k < (size_t)inputs * outputs; k++)
        layer.weights[k] = bound * uniform();
    for (int k = 0; k < outputs; k++)
        layer.biases[k] = 0;
    return layer;
}

static void free_layer(struct layer *layer)
{
    free(layer->weights);
    free(layer->biases);
    free(layer->z);
    free(layer->gradient);
}

static void forward(struct layer *layer, const float *input, int batch)
{
    for (int n = 0; n < batch; n++)
        for (int k = 0; k < layer->outputs; k++)
            layer->z[n * layer->outputs + k] = layer->biases[k];
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch, layer->outputs, layer->inputs, 1, input, layer->inputs,
                layer->weights, layer->outputs, 1, layer->z, layer->outputs);
}

static void tanh_of(struct layer *layer, int batch)
{
    for (int k = 0; k < batch * layer->outputs; k++)
        layer->z[k] = tanhf(layer->z[k]);
}

/* z becomes the probabilities, the gradient that of -log p[label]. */
static void softmax_and_gradient(struct layer *layer, const int *labels, int batch)
{
    for (int n = 0; n < batch; n++) {
        float *z = layer->z + n * layer->outputs, most = z[0], sum = 0;
        for (int k = 1; k < layer->outputs; k++)
            most = fmaxf(most, z[k]);
        for (int k = 0; k < layer->outputs; k++)
            sum += z[k] = expf(z[k] - most);
        for (int k = 0; k < layer->outputs; k++) {
            z[k] /= sum;
            layer->gradient[n * layer->outputs + k] = z[k] - (k == labels[n]);
        }
    }
}

/* dCost/ds of the layer below, through the weights before they move. */
static void backward(const struct layer *layer, struct layer *below, int batch)
{
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch, layer->inputs, layer->outputs, 1, layer->gradient, layer->outputs,
                layer->weights, layer->outputs, 0, below->gradient, layer->inputs);
    for (int k = 0; k < batch * layer->inputs; k++)
        below->gradient[k] *= 1 - below->z[k] * below->z[k];
}

static void move(struct layer *layer, const float *input, int batch)
{
    float step = -learning_rate / batch;
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, layer->inputs, layer->outputs, batch, step, input, layer->inputs,
                layer->gradient, layer->outputs, 1, layer->weights, layer->outputs);
    for (int n = 0; n < batch; n++)
        for (int k = 0; k < layer->outputs; k++)
            layer->biases[k] += step * layer->gradient[n * layer->outputs + k];
}

static void update(struct layer *layers, int count, const float *inputs, const int *labels, int batch)
{
    for (int i = 0; i < count; i++) {
        forward(&layers[i], i ? layers[i - 1].z : inputs, batch);
        if (i < count - 1)
            tanh_of(&layers[i], batch);
    }
    softmax_and_gradient(&layers[count - 1], labels, batch);
    for (int i = count - 1; i >= 0; i--) {
        if (i)
            backward(&layers[i], &layers[i - 1], batch);
        move(&layers[i], i ? layers[i - 1].z : inputs, batch);
    }
}

static double updates_per_second(int inputs, int width, int depth, int classes, int batch, double seconds)
{
    struct layer *layers = malloc((depth + 1) * sizeof *layers);
    for (int i = 0; i <= depth; i++)
        layers[i] = make_layer(i ? width : inputs, i < depth ? width : classes, batch);
    float *examples = reserve((size_t)EXAMPLES * inputs);
    int labels[EXAMPLES];
    for (size_t k = 0; k < (size_t)EXAMPLES * inputs; k++)
        examples[k] = uniform();
    for (int n = 0; n < EXAMPLES; n++)
        labels[n] = (int)((uniform() + 1) / 2 * classes);

    double begin = seconds_now(), start = 0, now;
    long updates = 0;
    for (int batch_index = 0;; batch_index++) {
        int first = batch_index % (EXAMPLES / batch) * batch;
        update(layers, depth + 1, examples + (size_t)first * inputs, labels + first, batch);
        now = seconds_now();
        if (start > 0)
            updates++;
        else if (now - begin >= seconds / 2)
            start = now;
        if (start > 0 && now - start >= seconds)
            break;
    }
    for (int i = 0; i <= depth; i++)
        free_layer(&layers[i]);
    free(layers);
    free(examples);
    return updates / (now - start);
}

int main(int count, char **arguments)
{
    openblas_set_num_threads(count > 1 ? atoi(arguments[1]) : 1);
    printf("%s, kernels for %s\n", openblas_get_config(), openblas_get_corename());
    fflush(stdout);
    int inputs, width, depth, classes, batch;
    double seconds;
    while (scanf("%d %d %d %d %d %lf", &inputs, &width, &depth, &classes, &batch, &seconds) == 6) {
        printf("%.6g\n", updates_per_second(inputs, width, depth, classes, batch, seconds));
        fflush(stdout);
    }
    return 0;
}
