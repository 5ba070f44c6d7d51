using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace GnnReRank.Extractor;

/// <summary>An ONNX model with one picture in.</summary>
internal sealed class Network : IDisposable
{
    private const int Channels = 3;
    private const int DefaultSide = 224;
    private const int MostExtent = 4096;

    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly string _input;
    private readonly string _output;

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="outputName">The output to take; null takes the first.</param>
    /// <exception cref="ExtractionException">There is none, it is damaged, or it takes something else.</exception>
    public Network(string path, string? outputName = null)
    {
        _path = path;
        if (!File.Exists(path))
        {
            throw new ExtractionException($"There is no model '{path}': give an ONNX file.");
        }

        try
        {
            _session = new InferenceSession(path);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new ExtractionException($"'{path}' cannot be used as an ONNX model: {fault.Message}", fault);
        }

        (_input, NodeMetadata input) = (_session.InputNames[0], _session.InputMetadata[_session.InputNames[0]]);
        int[] shape = input.Dimensions;
        ChannelsLast = shape.Length == 4 && shape[3] == Channels && shape[1] != Channels;
        bool isPicture = shape.Length == 4 && shape[0] is 1 or <= 0 && shape[ChannelsLast ? 3 : 1] is Channels or <= 0;
        if (_session.InputNames.Count != 1 || !isPicture || input.ElementType != typeof(float))
        {
            throw new ExtractionException(
                $"'{path}' has {_session.InputNames.Count} inputs, "
                + $"the first '{_input}' of {input.ElementType.Name} {string.Join(" x ", shape)}. "
                + "One of float32 is needed, 1 x 3 x height x width or 1 x height x width x 3; a free extent is -1.");
        }

        (Height, Width) = ChannelsLast ? (shape[1], shape[2]) : (shape[2], shape[3]);
        _output = outputName ?? _session.OutputNames[0];
        if (!_session.OutputNames.Contains(_output))
        {
            throw new ExtractionException(
                $"'{path}' has no output '{_output}'. It has {string.Join(", ", _session.OutputNames)}.");
        }
    }

    /// <summary>The width it takes; not positive where any is right.</summary>
    public int Width { get; }

    /// <summary>The height it takes; not positive where any is right.</summary>
    public int Height { get; }

    /// <summary>Whether the channels are the last extent of its input.</summary>
    public bool ChannelsLast { get; }

    /// <summary>The width and height to give it.</summary>
    /// <param name="asked">Width x height, as 128x256; null takes what the model says, or 224 x 224.</param>
    /// <exception cref="ExtractionException">It takes another.</exception>
    public (int Width, int Height) Size(string? asked)
    {
        if (asked is null)
        {
            return (Width > 0 ? Width : DefaultSide, Height > 0 ? Height : DefaultSide);
        }

        string[] parts = asked.Split('x');
        if (parts.Length != 2 || !TryExtent(parts[0], out int width) || !TryExtent(parts[1], out int height))
        {
            throw new ExtractionException(
                $"--size is '{asked}': give width and height, as 128x256, each from 1 to {MostExtent}.");
        }

        return (Width <= 0 || Width == width) && (Height <= 0 || Height == height)
            ? (width, height)
            : throw new ExtractionException(
                $"'{_path}' takes pictures of {Width} x {Height}, and --size says {asked}. Leave --size out.");
    }

    /// <summary>Passes one picture through.</summary>
    /// <exception cref="ExtractionException">The model fails.</exception>
    public float[] Run(float[] values, int width, int height)
    {
        long[] shape = ChannelsLast ? [1, height, width, Channels] : [1, Channels, height, width];
        try
        {
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [_input], [input], [_output]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException fault)
        {
            throw new ExtractionException(
                $"'{_path}' fails on a picture of {width} x {height}: {fault.Message}", fault);
        }
    }

    public void Dispose() => _session.Dispose();

    private static bool TryExtent(string text, out int extent) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out extent)
        && extent is >= 1 and <= MostExtent;
}
