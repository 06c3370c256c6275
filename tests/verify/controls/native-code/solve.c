double a[64], b[64], c[64];

int main(void)
{
    for (int i = 0; i < 64; i++)
        a[i] += b[i] * c[i];
    return (int)a[3];
}
