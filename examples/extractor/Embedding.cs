using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GnnReRank.Extractor;

/// <summary>A network with what its pictures go through first.</summary>
internal sealed class Embedding : IDisposable
{
    private readonly Network _network;
    private readonly Network? _preprocess;
    private readonly PixelValues _values;
    private readonly (int Width, int Height) _size;

    private Embedding(Network network, Network? preprocess, ExtractionOptions options)
    {
        (_network, _preprocess) = (network, preprocess);
        _size = network.Size(options.Size);
        Pictures = new PictureReader(_size.Width, _size.Height, options.Fit);
        _values = preprocess is null
            ? PixelValues.Normalized(options.Mean, options.Deviation, options.BlueFirst, network.ChannelsLast)
            : PixelValues.Plain(options.BlueFirst, preprocess.ChannelsLast);
    }

    /// <summary>Reads pictures at the size that the network takes.</summary>
    public PictureReader Pictures { get; }

    /// <summary>Loads what the options name; without a model, the ResNet-18 beside the program.</summary>
    /// <exception cref="ExtractionException">A model cannot be used.</exception>
    public static Embedding Load(ExtractionOptions options)
    {
        string models = Path.Combine(AppContext.BaseDirectory, "models");
        string? own = options.Model is null ? Path.Combine(models, "ResNetPreprocess.onnx") : null;
        string? prepare = options.Preprocess ?? own;
        Network? network = null;
        Network? preprocess = null;
        try
        {
            network = new Network(options.Model ?? Path.Combine(models, "ResNet18.onnx"), options.OutputName);
            preprocess = prepare is null ? null : new Network(prepare);
            return new Embedding(network, preprocess, options);
        }
        catch (ExtractionException)
        {
            network?.Dispose();
            preprocess?.Dispose();
            throw;
        }
    }

    /// <summary>The features of one picture.</summary>
    /// <exception cref="ExtractionException">The network fails, or gives what nothing can be compared with.</exception>
    public float[] Of(Image<Rgb24> picture, string name)
    {
        float[] values = _values.Of(picture);
        values = _preprocess?.Run(values, _size.Width, _size.Height) ?? values;
        float[] features = _network.Run(values, _size.Width, _size.Height);
        return Array.TrueForAll(features, float.IsFinite) && Array.Exists(features, value => value != 0)
            ? features
            : throw new ExtractionException(
                $"The network gives NaN, infinity or nothing but zeros for '{name}'. "
                + "Are --mean, --std or --preprocess those it was trained with?");
    }

    public void Dispose()
    {
        _network.Dispose();
        _preprocess?.Dispose();
    }
}
