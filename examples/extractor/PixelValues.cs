using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GnnReRank.Extractor;

/// <summary>A picture as the numbers that a network takes.</summary>
/// <param name="Factor">What each of red, green and blue (0 to 255) is multiplied by.</param>
/// <param name="Offset">What is added then.</param>
/// <param name="BlueFirst">Whether the channels come as blue, green, red.</param>
/// <param name="ChannelsLast">Whether the three values of a pixel lie together, and not each channel by itself.</param>
internal sealed record PixelValues(float[] Factor, float[] Offset, bool BlueFirst, bool ChannelsLast)
{
    private const int Channels = 3;

    /// <summary>From 0 to 255, for a model that does the rest.</summary>
    public static PixelValues Plain(bool blueFirst, bool channelsLast) =>
        new([1, 1, 1], [0, 0, 0], blueFirst, channelsLast);

    /// <summary>(value / 255 - mean) / deviation.</summary>
    public static PixelValues Normalized(
        IReadOnlyList<float> mean, IReadOnlyList<float> deviation, bool blueFirst, bool channelsLast)
    {
        float[] factor = [.. deviation.Select(value => 1 / (255 * value))];
        float[] offset = [.. mean.Zip(deviation, (center, value) => -center / value)];
        return new PixelValues(factor, offset, blueFirst, channelsLast);
    }

    /// <summary>The values of one picture.</summary>
    public float[] Of(Image<Rgb24> picture)
    {
        int pixels = picture.Width * picture.Height;
        float[] values = new float[Channels * pixels];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                Rgb24 color = picture[x, y];
                int pixel = (y * picture.Width) + x;
                Put(values, pixels, pixel, 0, color.R);
                Put(values, pixels, pixel, 1, color.G);
                Put(values, pixels, pixel, 2, color.B);
            }
        }

        return values;
    }

    private void Put(float[] values, int pixels, int pixel, int channel, byte value)
    {
        int place = BlueFirst ? Channels - 1 - channel : channel;
        int index = ChannelsLast ? (pixel * Channels) + place : (place * pixels) + pixel;
        values[index] = (value * Factor[channel]) + Offset[channel];
    }
}
